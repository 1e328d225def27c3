package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands in the files, what of it is filled in at reading, and what happens when it is broken.
 */
class CatalogFilesTest {

  private static final String TABLE =
      "CREATE TABLE comments (ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"
          + " WITH ('connector' = 'x', 'url' = '${redis.url}', 'a' = 'b')";

  @TempDir Path folder;

  private Session first;
  private Session second;

  @BeforeEach
  void openTwoSessions() {
    first = new Session(folder);
    second = new Session(folder);
  }

  private String file(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  @Test
  void fileIsForPeople() throws Exception {
    first.run(
        "CREATE TABLE t (id STRING, PRIMARY KEY (id) NOT ENFORCED) COMMENT '评论'"
            + " WITH ('url' = '${redis.url}', 'connector' = 'x')");

    assertThat(file("default/tables/t.json"))
        .isEqualTo(
            """
            {
              "comment": "评论",
              "columns": [
                {
                  "name": "id",
                  "type": "VARCHAR(2147483647) NOT NULL"
                }
              ],
              "primaryKey": {
                "name": "PK_id",
                "columns": [
                  "id"
                ]
              },
              "options": {
                "connector": "x",
                "url": "${redis.url}"
              }
            }
            """);
  }

  @Test
  void alterKeepsPlaceholders() throws Exception {
    first.run(TABLE);
    second.run("ALTER TABLE comments SET ('a' = 'c')");
    second.run("ALTER TABLE comments ADD (m BIGINT)");
    second.run("ALTER TABLE comments DROP WATERMARK");

    assertThat(file("default/tables/comments.json"))
        .contains("\"url\": \"${redis.url}\"", "\"a\": \"c\"", "\"name\": \"m\"")
        .doesNotContain("watermarks");
    assertThat(first.rows("SHOW CREATE TABLE comments").get(0)).contains("`m` BIGINT");

    second.run("ALTER TABLE comments SET ('url' = 'redis://other')");
    assertThat(file("default/tables/comments.json")).contains("\"url\": \"redis://other\"");
  }

  @Test
  void placeholderFollowsTheSessionsSettings() throws Exception {
    first.run(TABLE);
    second.sql().getConfig().set("headrace.redis.url", "redis://changed");
    assertThat(second.rows("SHOW CREATE TABLE comments").get(0)).contains("redis://changed");
  }

  @Test
  void secretPlaceholderIsRefusedAtCreation() {
    assertThatThrownBy(() -> first.run("CREATE TABLE t (a INT) WITH ('x' = '${redis.password}')"))
        .rootCause()
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("Table headrace.default.t, option 'x'");
    assertThat(folder.resolve("default/tables")).doesNotExist();
  }

  @Test
  void brokenFileIsNamedAndHidesNothingElse() throws Exception {
    first.run("CREATE TABLE good (a INT)");
    first.run("CREATE TABLE bad (a INT)");
    Path bad = folder.resolve("default/tables/bad.json");

    Files.writeString(bad, "{ \"columns\": [");
    assertThat(second.rows("SHOW TABLES")).containsExactly("bad", "good");
    assertThat(second.rows("SHOW CREATE TABLE good")).hasSize(1);
    assertThatThrownBy(() -> second.run("DESCRIBE bad"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("bad.json is not as it must be", "line: 1", "Correct it by hand"));

    Files.writeString(bad, "{ \"columns\": [ { \"name\": \"a\" } ] }");
    assertThatThrownBy(() -> second.run("DESCRIBE bad"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("bad.json is not as it must be: field 'type' is missing"));
  }
}
