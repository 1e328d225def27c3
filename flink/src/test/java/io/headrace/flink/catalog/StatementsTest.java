package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement of Flink's that speaks of a catalog's objects: it works, or says why not. */
class StatementsTest {

  @TempDir Path folder;

  private Session session;
  private Session other;

  @BeforeEach
  void openSessions() {
    session = new Session(folder);
    other = new Session(folder);
    session.run(
        "CREATE TABLE t (a INT NOT NULL, b STRING, ts TIMESTAMP(3)) COMMENT 'the table'"
            + " WITH ('connector' = 'datagen', 'number-of-rows' = '1')");
  }

  private void refused(Session session, String statement, String says) {
    assertThatThrownBy(() -> session.run(statement))
        .as(statement)
        .satisfies(e -> assertThat(ExceptionUtils.stringifyException(e)).contains(says));
  }

  private String created(String table) {
    return other.rows("SHOW CREATE TABLE " + table).get(0);
  }

  @Test
  void alterColumns() {
    session.run("ALTER TABLE t ADD (c BIGINT COMMENT 'counts' AFTER a, d AS a * 2)");
    assertThat(created("t"))
        .contains("`a` INT NOT NULL,\n  `c` BIGINT COMMENT 'counts'", "`d` AS `a` * 2");
    session.run("ALTER TABLE t MODIFY (b VARCHAR(10) FIRST)");
    session.run("ALTER TABLE t RENAME c TO cc");
    session.run("ALTER TABLE t DROP d");
    assertThat(other.columns("t")).containsExactly("b", "a", "cc", "ts");
    assertThat(created("t")).contains("`b` VARCHAR(10)", "COMMENT 'the table'");
  }

  @Test
  void alterKeyWatermarkAndDistribution() {
    session.run("ALTER TABLE t ADD WATERMARK FOR ts AS ts - INTERVAL '1' SECOND");
    session.run("ALTER TABLE t MODIFY WATERMARK FOR ts AS ts - INTERVAL '2' SECOND");
    session.run("ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a) NOT ENFORCED");
    session.run("ALTER TABLE t ADD DISTRIBUTION BY HASH(a) INTO 3 BUCKETS");
    assertThat(created("t"))
        .contains("AS `ts` - INTERVAL '2' SECOND", "CONSTRAINT `k` PRIMARY KEY (`a`) NOT ENFORCED")
        .contains("DISTRIBUTED BY HASH(`a`) INTO 3 BUCKETS");

    session.run("ALTER TABLE t DROP WATERMARK");
    session.run("ALTER TABLE t DROP PRIMARY KEY");
    session.run("ALTER TABLE t DROP DISTRIBUTION");
    assertThat(created("t")).doesNotContain("WATERMARK", "PRIMARY KEY", "DISTRIBUTED");
  }

  @Test
  void alterOptionsOfATable() {
    session.run("ALTER TABLE t SET ('k' = 'v', 'number-of-rows' = '2')");
    assertThat(created("t")).contains("'k' = 'v'", "'number-of-rows' = '2'");
    session.run("ALTER TABLE t RESET ('k')");
    assertThat(created("t")).doesNotContain("'k'");
  }

  @Test
  void everyTypeComesBack() {
    String columns =
        "(a ARRAY<ROW<`x` INT NOT NULL, `y` MAP<VARCHAR(5), DECIMAL(10, 2)>>>, b MULTISET<INT>,"
            + " c TIMESTAMP(9) WITH LOCAL TIME ZONE, d VARBINARY(3), e TIME(0), f VARIANT,"
            + " g CHAR(2) NOT NULL, h ROW<`z` BOOLEAN 'said of z'>, i BITMAP, j DOUBLE, k DATE)";
    session.run("CREATE TABLE here " + columns);
    session.run("CREATE TEMPORARY TABLE forgotten " + columns);
    assertThat(other.sql().from("here").getResolvedSchema())
        .isEqualTo(session.sql().from("forgotten").getResolvedSchema());
  }

  @Test
  void viewsOverViews() {
    session.run("CREATE VIEW v COMMENT 'the view' AS SELECT a FROM t");
    session.run("CREATE VIEW w AS SELECT a + 1 AS b FROM v");
    session.run("CREATE VIEW IF NOT EXISTS v AS SELECT b FROM t");
    assertThat(other.columns("v")).containsExactly("a");
    assertThat(other.rows("SELECT b FROM w")).hasSize(1);

    session.run("ALTER VIEW v AS SELECT a, 7 AS seven FROM t");
    session.run("ALTER VIEW v RENAME TO u");
    assertThat(other.rows("SELECT seven FROM u")).containsExactly("7");
    assertThat(other.rows("SHOW CREATE VIEW u").get(0)).contains("COMMENT 'the view'");
    refused(other, "SELECT * FROM w", "Object 'v' not found");
  }

  @Test
  void temporaryObjectsAreTheSessionsOwn() {
    session.run("CREATE TEMPORARY TABLE t (mine INT) WITH ('connector' = 'datagen')");
    session.run("CREATE TEMPORARY VIEW v AS SELECT mine FROM t");
    assertThat(session.columns("t")).containsExactly("mine");
    assertThat(other.columns("t")).containsExactly("a", "b", "ts");
    assertThat(other.rows("SHOW TABLES")).containsExactly("t");

    session.run("DROP TEMPORARY VIEW v");
    session.run("DROP TEMPORARY TABLE t");
    assertThat(session.columns("t")).containsExactly("a", "b", "ts");
  }

  @Test
  void createTableAs() throws Exception {
    session.sql().executeSql("CREATE TABLE c WITH ('connector' = 'blackhole') AS SELECT a FROM t");
    assertThat(other.columns("c")).containsExactly("a");

    session
        .sql()
        .executeSql("CREATE OR REPLACE TABLE c WITH ('connector' = 'blackhole') AS SELECT b FROM t")
        .await();
    assertThat(other.columns("c")).containsExactly("b");
  }

  @Test
  void alterDatabaseKeepsItsComment() throws Exception {
    session.run("CREATE DATABASE d COMMENT 'the database' WITH ('k' = 'v')");
    session.run("CREATE DATABASE IF NOT EXISTS d COMMENT 'other'");
    session.run("ALTER DATABASE d SET ('k' = 'w')");
    assertThat(other.catalog().getDatabase("d").getComment()).isEqualTo("the database");
    assertThat(other.catalog().getDatabase("d").getProperties()).containsEntry("k", "w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE IF EXISTS nope SET ('a' = 'b')",
        "ALTER TABLE IF EXISTS nope RENAME TO u",
        "DROP TABLE IF EXISTS nope",
        "DROP VIEW IF EXISTS nope",
        "ALTER FUNCTION IF EXISTS nope AS 'x.Y'",
        "DROP FUNCTION IF EXISTS nope",
        "ALTER MODEL IF EXISTS nope SET ('a' = 'b')",
        "ALTER MODEL IF EXISTS nope RENAME TO u",
        "DROP MODEL IF EXISTS nope",
        "DROP DATABASE IF EXISTS nope",
        "CREATE TABLE IF NOT EXISTS t (z INT)",
        "CREATE DATABASE IF NOT EXISTS `default`",
      })
  void ifExistsAndIfNotExistsChangeNothing(String statement) {
    session.run(statement);
    assertThat(other.rows("SHOW TABLES")).containsExactly("t");
    assertThat(other.columns("t")).containsExactly("a", "b", "ts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE t (z INT) | default.t already exists",
        "CREATE VIEW t AS SELECT 1 | default.t already exists",
        "CREATE TABLE nope.t (z INT) | Database nope does not exist",
        "ALTER TABLE nope SET ('a' = 'b') | doesn't exist",
        "ALTER TABLE t RENAME TO t | default.t already exists",
        "DROP TABLE nope | does not exist",
        "DROP VIEW t | View with identifier 'headrace.default.t' does not exist",
        "DROP FUNCTION nope | Function default.nope does not exist",
        "DROP MODEL nope | does not exist",
        "CREATE DATABASE `default` | Database default already exists",
        "ALTER DATABASE nope SET ('a' = 'b') | Database nope does not exist",
        "DROP DATABASE nope | Database nope does not exist",
        "USE nope | [nope] does not exist",
        "SHOW TABLES FROM nope | doesn't exist",
        "SHOW PARTITIONS t | Table default.t in catalog headrace is not partitioned",
        "SHOW PARTITIONS nope | default.nope does not exist",
        "CALL nope(1) | No match found for function signature nope",
        "CREATE FUNCTION f AS 'SELECT 1' LANGUAGE SQL | Unrecognized function language string SQL",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'"
            + " | Table headrace.default.t: the catalog keeps no older versions of tables",
      })
  void refused(String statement, String says) {
    refused(session, statement, says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOW PARTITIONS p",
        "ALTER TABLE p ADD PARTITION (b = 1)",
        "ALTER TABLE p DROP IF EXISTS PARTITION (b = 1)",
      })
  void partitionsAreElsewhere(String statement) {
    session.run("CREATE TABLE p (a INT, b INT) PARTITIONED BY (b) WITH ('connector' = 'x')");
    refused(
        session, statement, "Table headrace.default.p: the catalog keeps no list of partitions");
  }

  @Test
  void statisticsAreUnknownAndCannotBeSet() throws Exception {
    var path = new ObjectPath("default", "t");
    assertThat(session.catalog().getTableStatistics(path).getRowCount()).isEqualTo(-1);
    var batch = new Session(folder.toUri(), EnvironmentSettings.inBatchMode());
    refused(
        batch,
        "ANALYZE TABLE t COMPUTE STATISTICS",
        "Table headrace.default.t: the catalog keeps no statistics. Leave out ANALYZE TABLE");
  }

  @Test
  void thereAreNoProceduresAndMaterializedTables() {
    assertThat(session.rows("SHOW PROCEDURES")).isEmpty();
    assertThat(session.rows("SHOW MATERIALIZED TABLES")).isEmpty();
    refused(
        session,
        "CREATE MATERIALIZED TABLE m FRESHNESS = INTERVAL '1' HOUR AS SELECT a FROM t",
        "Table headrace.default.m: this catalog stores tables and views, not a");
  }

  @Test
  void defaultDatabaseIsThereBeforeAnythingIsInIt() throws Exception {
    var empty = new Session(folder.resolve("empty"));
    assertThat(empty.rows("SHOW DATABASES")).containsExactly("default");
    assertThat(empty.catalog().listFunctions("default")).isEmpty();
    assertThat(Set.copyOf(empty.rows("SHOW TABLES"))).isEmpty();
  }
}
