package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged file is named, hides no other, and can be dropped. */
class DamagedFilesTest {

  @TempDir Path folder;

  private Session session;

  @BeforeEach
  void createObjects() {
    session = new Session(folder);
    for (String name : new String[] {"good", "bad"}) {
      session.run("CREATE TABLE t_" + name + " (a INT) WITH ('connector' = 'datagen')");
      session.run("CREATE VIEW v_" + name + " AS SELECT a FROM t_" + name);
      session.run("CREATE FUNCTION f_" + name + " AS 'x.Y' LANGUAGE JAVA");
      session.run(
          "CREATE MODEL m_" + name + " INPUT (a INT) OUTPUT (b STRING) WITH ('provider' = 'echo')");
    }
  }

  private Path damage(String file, String content) throws IOException {
    return Files.writeString(folder.resolve(file), content);
  }

  private void damageAll() throws IOException {
    damage("default/tables/t_bad.json", "{ \"columns\": [");
    damage("default/views/v_bad.json", "");
    damage("default/functions/f_bad.json", "[]");
    damage("default/models/m_bad.json", "{ \"input\": 7 }");
  }

  /** What the innermost cause says: Flink's SQL client shows that one alone. */
  private void refused(String statement, String... says) {
    assertThatThrownBy(() -> session.rows(statement))
        .satisfies(
            e ->
                assertThat(Optional.ofNullable(Throwables.getRootCause(e)).orElse(e).getMessage())
                    .as(statement)
                    .contains(says));
  }

  @Test
  void othersAreThere() throws Exception {
    damageAll();
    assertThat(session.rows("SHOW TABLES")).containsExactly("t_bad", "t_good", "v_bad", "v_good");
    assertThat(session.rows("SHOW VIEWS")).containsExactly("v_bad", "v_good");
    assertThat(session.rows("SHOW USER FUNCTIONS")).containsExactly("f_bad", "f_good");
    assertThat(session.rows("SHOW MODELS")).containsExactly("m_bad", "m_good");
    assertThat(session.rows("SHOW CREATE TABLE t_good")).hasSize(1);
    assertThat(session.sql().explainSql("SELECT a FROM v_good")).contains("t_good");
  }

  @Test
  void whateverLooksIntoItNamesTheFile() throws Exception {
    damageAll();
    for (String statement :
        new String[] {
          "DESCRIBE t_bad",
          "SHOW CREATE TABLE t_bad",
          "SELECT * FROM t_bad",
          "SELECT * FROM v_good, t_bad",
          "INSERT INTO t_bad SELECT 1",
          "ALTER TABLE t_bad SET ('a' = 'b')",
          "ALTER TABLE t_bad ADD (b INT)",
          "CREATE TABLE copy LIKE t_bad",
          "SHOW PARTITIONS t_bad",
        }) {
      refused(statement, "default/tables/t_bad.json is not as it must be", "Correct it by hand");
    }
    for (String statement :
        new String[] {"DESCRIBE v_bad", "SHOW CREATE VIEW v_bad", "SELECT * FROM v_bad"}) {
      refused(statement, "default/views/v_bad.json is not as it must be");
    }
    refused("DESCRIBE FUNCTION f_bad", "default/functions/f_bad.json", "holds no JSON object");
    refused("SELECT f_bad(1)", "default/functions/f_bad.json", "holds no JSON object");
    refused("DESCRIBE MODEL m_bad", "default/models/m_bad.json", "field 'input' must be a list");
    refused("SHOW CREATE MODEL m_bad", "default/models/m_bad.json");
    refused("ALTER MODEL m_bad SET ('a' = 'b')", "default/models/m_bad.json");
  }

  @Test
  void itCanBeDropped() throws Exception {
    damageAll();
    session.run("DROP TABLE IF EXISTS t_bad");
    session.run("DROP VIEW v_bad");
    session.run("DROP FUNCTION f_bad");
    session.run("DROP MODEL IF EXISTS m_bad");

    assertThat(session.rows("SHOW TABLES")).containsExactly("t_good", "v_good");
    assertThat(session.rows("SHOW USER FUNCTIONS")).containsExactly("f_good");
    assertThat(session.rows("SHOW MODELS")).containsExactly("m_good");
    session.run("CREATE TABLE t_bad (b INT)");
    assertThat(session.columns("t_bad")).containsExactly("b");
  }

  @Test
  void itsDatabaseCanBeDropped() throws Exception {
    session.run("CREATE DATABASE d COMMENT 'c'");
    session.run("CREATE TABLE d.t (a INT)");
    damage("d/tables/t.json", "x");
    damage("d/database.json", "x");

    assertThat(session.rows("SHOW DATABASES")).containsExactly("d", "default");
    assertThat(session.rows("SHOW TABLES IN d")).containsExactly("t");
    refused("ALTER DATABASE d SET ('k' = 'v')", "d/database.json is not as it must be");
    session.run("DROP DATABASE d CASCADE");
    assertThat(session.rows("SHOW DATABASES")).containsExactly("default");
  }

  @Test
  void bytesThatAreNoText() throws Exception {
    byte[] latin = "{ \"columns\": [], \"comment\": \"é\" }".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("default/tables/t_bad.json"), latin);
    refused("DESCRIBE t_bad", "t_bad.json is not as it must be: it is not UTF-8. Correct it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"columns\": [ | line 1, column 15: Unexpected end-of-input",
        "{ \"columns\": [ { \"name\": \"a\" } ] } | field 'type' is missing",
        "{ \"columns\": [ { \"name\": \"a\", \"type\": \"INTT\" } ] } | must be a type of Flink's, is INTT",
        "{ \"columns\": [ { \"name\": \"a\", \"type\": \"INT\" } ], \"options\": [] }"
            + " | field 'options' must be an object",
        "{ \"formatVersion\": \"1\", \"columns\": [] } | field 'formatVersion' must be a number",
        "{ \"formatVersion\": 0, \"columns\": [] } | field 'formatVersion' must be a number",
      })
  void whatIsWrongIsSaid(String content, String says) throws Exception {
    damage("default/tables/t_bad.json", content);
    refused("DESCRIBE t_bad", "t_bad.json", says);
  }

  @Test
  void newerFormatIsNotGuessedAt() throws Exception {
    damage("default/tables/t_bad.json", "{ \"formatVersion\": 2, \"columns\": [] }");
    refused(
        "DESCRIBE t_bad",
        "t_bad.json has format version 2, and this Headrace knows versions up to 1",
        "headrace-flink.jar of a newer Headrace");
  }

  @Test
  void fileFromBeforeVersionsIsRead() throws Exception {
    damage(
        "default/tables/t_bad.json",
        "{ \"columns\": [ { \"name\": \"old\", \"type\": \"INT\" } ] }");
    assertThat(session.columns("t_bad")).containsExactly("old");

    session.run("ALTER TABLE t_bad SET ('k' = 'v')");
    assertThat(Files.readString(folder.resolve("default/tables/t_bad.json")))
        .contains("\"formatVersion\": 1");
  }
}
