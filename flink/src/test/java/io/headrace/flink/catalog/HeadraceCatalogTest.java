package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.resource.ResourceType;
import org.apache.flink.table.resource.ResourceUri;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions on one folder: what the first creates through SQL, the second one has. */
class HeadraceCatalogTest {

  private static final String SOURCE =
      "CREATE TABLE comments (id STRING NOT NULL COMMENT 'the id', n INT, ts TIMESTAMP_LTZ(3),"
          + " kafka_time TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,"
          + " twice AS n * 2 COMMENT 'computed', WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,"
          + " PRIMARY KEY (id) NOT ENFORCED) COMMENT 'raw comments'"
          + " DISTRIBUTED BY HASH(id) INTO 4 BUCKETS PARTITIONED BY (n)"
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
  void tableIsTheSameInTheOtherSession() throws Exception {
    first.run(SOURCE);

    String created = first.rows("SHOW CREATE TABLE comments").get(0);
    assertThat(second.rows("SHOW CREATE TABLE comments")).containsExactly(created);
    assertThat(created)
        .contains(
            "`kafka_time` TIMESTAMP(3) WITH LOCAL TIME ZONE METADATA FROM 'timestamp' VIRTUAL")
        .contains("`twice` AS `n` * 2 COMMENT 'computed'")
        .contains("WATERMARK FOR `ts` AS `ts` - INTERVAL '5' SECOND")
        .contains("PRIMARY KEY (`id`) NOT ENFORCED")
        .contains("DISTRIBUTED BY HASH(`id`) INTO 4 BUCKETS", "PARTITIONED BY (`n`)")
        .contains("COMMENT 'raw comments'", "'url' = '${redis.url}'");
  }

  @Test
  void existingTableIsNotOverwritten() {
    first.run("CREATE TABLE t (a INT)");
    second.run("CREATE TABLE IF NOT EXISTS t (b INT)");

    assertThat(second.columns("t")).containsExactly("a");
    assertThatThrownBy(() -> second.run("CREATE TABLE t (b INT)"))
        .rootCause()
        .hasMessageContaining("already exist");
  }

  @Test
  void dropAndRename() throws Exception {
    first.run("CREATE TABLE t (a INT)");
    first.run("CREATE TABLE `odd/../name` (a INT)");
    second.run("ALTER TABLE t RENAME TO u");
    assertThat(first.rows("SHOW TABLES")).containsExactly("odd/../name", "u");

    second.run("DROP TABLE u");
    second.run("DROP TABLE IF EXISTS u");
    second.run("DROP TABLE `odd/../name`");
    assertThat(first.rows("SHOW TABLES")).isEmpty();
    assertThat(folder.resolve("default/tables")).isEmptyDirectory();
  }

  @Test
  void views() throws Exception {
    first.run("CREATE TABLE t (a INT) WITH ('connector' = 'datagen')");
    first.run("CREATE VIEW v (doubled) COMMENT 'twice' AS SELECT a * 2 FROM t");

    assertThat(second.rows("SHOW VIEWS")).containsExactly("v");
    assertThat(second.columns("v")).containsExactly("doubled");
    assertThat(second.sql().explainSql("SELECT * FROM v")).contains("(a * 2)");

    second.run("ALTER VIEW v AS SELECT a * 3 AS tripled FROM t");
    CatalogView view = (CatalogView) first.catalog().getTable(new ObjectPath("default", "v"));
    assertThat(view.getExpandedQuery()).contains("`headrace`.`default`.`t`", "* 3");

    second.run("ALTER VIEW v RENAME TO w");
    second.run("DROP VIEW w");
    assertThat(first.rows("SHOW VIEWS")).isEmpty();
  }

  @Test
  void functions() throws Exception {
    first.run("CREATE FUNCTION Sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON");
    first.run("CREATE FUNCTION IF NOT EXISTS sentiment AS 'x.Y' LANGUAGE JAVA");

    assertThat(second.rows("SHOW USER FUNCTIONS")).containsExactly("sentiment");
    assertThat(file("default/functions/sentiment.json"))
        .isEqualTo(
            """
            {
              "formatVersion": 1,
              "language": "PYTHON",
              "class": "udf.sentiment.sentiment"
            }
            """);

    second.run("ALTER FUNCTION sentiment AS 'udf.sentiment.other' LANGUAGE PYTHON");
    var function = first.catalog().getFunction(new ObjectPath("default", "SENTIMENT"));
    assertThat(function.getClassName()).isEqualTo("udf.sentiment.other");
    assertThat(function.getFunctionLanguage()).isEqualTo(FunctionLanguage.PYTHON);

    second.run("DROP FUNCTION sentiment");
    assertThat(first.rows("SHOW USER FUNCTIONS")).isEmpty();
  }

  @Test
  void functionsKeepTheirResources() throws Exception {
    first.run("CREATE FUNCTION up AS 'x.Up' LANGUAGE JAVA USING JAR 'file:///up.jar'");

    assertThat(file("default/functions/up.json"))
        .contains("\"type\": \"JAR\"", "\"uri\": \"file:///up.jar\"");
    assertThat(second.catalog().getFunction(new ObjectPath("default", "up")).getFunctionResources())
        .containsExactly(new ResourceUri(ResourceType.JAR, "file:///up.jar"));
  }

  @Test
  void models() throws Exception {
    first.run(
        "CREATE MODEL m INPUT (text STRING) OUTPUT (score DOUBLE) COMMENT 'scores'"
            + " WITH ('provider' = 'x', 'endpoint' = '${redis.url}')");
    second.run("ALTER MODEL m SET ('task' = 'c')");

    assertThat(second.rows("SHOW MODELS")).containsExactly("m");
    assertThat(file("default/models/m.json"))
        .contains("\"endpoint\": \"${redis.url}\"", "\"task\": \"c\"", "\"name\": \"score\"");
    assertThat(first.rows("SHOW CREATE MODEL m").get(0)).contains("'${redis.url}'", "'task'");

    second.run("ALTER MODEL m RENAME TO k");
    second.run("DROP MODEL k");
    assertThat(first.rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void databases() throws Exception {
    first.run("CREATE DATABASE d COMMENT 'mine' WITH ('k' = 'v')");
    second.run("ALTER DATABASE d SET ('k' = 'w')");
    second.run("CREATE TABLE d.t (a INT)");

    assertThat(first.rows("SHOW DATABASES")).containsExactly("d", "default");
    assertThat(first.catalog().getDatabase("d").getProperties()).containsEntry("k", "w");
    assertThatThrownBy(() -> first.run("DROP DATABASE d RESTRICT"))
        .rootCause()
        .hasMessageContaining("not empty");
    first.run("DROP DATABASE d CASCADE");
    assertThat(second.rows("SHOW DATABASES")).containsExactly("default");
  }
}
