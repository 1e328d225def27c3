package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the files, whichever session wrote it. */
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
              "formatVersion": 1,
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
}
