package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.util.ExceptionUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders have their values where a table or a model is put to use, and nowhere else. */
class PlaceholderFactoryTest {

  private static final String SOURCE =
      "CREATE TABLE source (a INT) WITH"
          + " ('connector' = '${demo.connector}', 'number-of-rows' = '${demo.rows}')";

  @TempDir Path folder;

  private Session session;

  @BeforeEach
  void openSession() {
    session = new Session(folder.resolve("catalog"));
    session.set("headrace.demo.connector", "datagen").set("headrace.demo.rows", "2");
  }

  @Test
  void sourceFollowsTheSessionsSettings() {
    session.run(SOURCE);
    assertThat(session.rows("SELECT a FROM source")).hasSize(2);

    session.set("headrace.demo.rows", "3");
    assertThat(session.rows("SELECT a FROM source")).hasSize(3);
    assertThat(session.rows("SELECT a FROM source /*+ OPTIONS('number-of-rows' = '1') */"))
        .hasSize(1);
  }

  @Test
  void textStaysAsWritten() {
    session.run(SOURCE);
    session.run("CREATE TABLE copy LIKE source");
    session.run("ALTER TABLE copy ADD (b INT)");

    for (String table : new String[] {"source", "copy"}) {
      assertThat(session.rows("SHOW CREATE TABLE " + table).get(0))
          .contains("'connector' = '${demo.connector}'", "'number-of-rows' = '${demo.rows}'");
    }
  }

  @Test
  void missingValueOfASink() {
    session.run(SOURCE);
    session.run("CREATE TABLE sink (a INT) WITH ('connector' = '${demo.sink}')");
    String insert = "INSERT INTO sink SELECT a FROM source";
    assertThatThrownBy(() -> session.run(insert))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains(
                        "Table headrace.default.sink, option 'connector': the placeholder"
                            + " ${demo.sink} has no value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IDENTIFIER", "SCHEMA"})
  void compiledPlan(String catalogObjects) throws Exception {
    session.set("table.plan.compile.catalog-objects", catalogObjects);
    session.set("headrace.demo.sink", "print");
    session.run(SOURCE);
    session.run("CREATE TABLE sink (a INT) WITH ('connector' = '${demo.sink}')");
    String plan = compile();
    assertThat(plan).doesNotContain("datagen", "print");

    session.set("headrace.demo.sink", "blackhole").set("headrace.demo.rows", "1");
    execute(plan);
    session.set("headrace.demo.sink", "none");
    assertThatThrownBy(() -> execute(plan))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Could not find any factory for identifier 'none'"));
  }

  @Test
  void escapedTextIsFilledOnceInAPlanToo() {
    session.set("table.plan.compile.catalog-objects", "IDENTIFIER");
    session.run(SOURCE);
    session.run("CREATE TABLE sink (a INT) WITH ('connector' = 'blackhole')");
    String plan = compile();

    session.run("ALTER TABLE source SET ('number-of-rows' = '$${demo.rows}')");
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> session.rows("SELECT a FROM source"), () -> execute(plan))) {
      assertThatThrownBy(use)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.stringifyException(e))
                      .contains("Could not parse value '${demo.rows}'"));
    }
  }

  /** Flink takes some options from the catalog again when it restores a plan. */
  @Test
  void optionsThatAPlanTakesFromTheCatalog() {
    session.set("table.plan.compile.catalog-objects", "IDENTIFIER");
    session.set("headrace.demo.flag", "true");
    session.run(SOURCE);
    session.run(
        "CREATE TABLE sink (a INT) WITH"
            + " ('connector' = 'print', 'standard-error' = '${demo.flag}')");
    String plan = compile();

    session.set("headrace.demo.flag", "perhaps");
    assertThatThrownBy(() -> execute(plan))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Could not parse value 'perhaps' for key 'standard-error'"));
  }

  /** A plan with all options in it holds placeholders, which only the catalog knows to fill. */
  @Test
  void compiledPlanWithOptionsIsRestoredByIdentifier() throws Exception {
    session.set("headrace.demo.sink", "blackhole");
    session.run(SOURCE);
    session.run("CREATE TABLE sink (a INT) WITH ('connector' = '${demo.sink}')");
    String plan = compile();
    assertThat(plan).contains("${demo.sink}", "${demo.rows}");

    session.set("table.plan.restore.catalog-objects", "IDENTIFIER");
    execute(plan);
  }

  private String compile() {
    return session.sql().compilePlanSql("INSERT INTO sink SELECT a FROM source").asJsonString();
  }

  private void execute(String plan) throws Exception {
    session.sql().loadPlan(PlanReference.fromJsonString(plan)).execute().await();
  }

  @Test
  void temporaryTableIsNotOurs() {
    session.run("CREATE TEMPORARY TABLE t (a INT) WITH ('connector' = '${demo.connector}')");
    assertThatThrownBy(() -> session.rows("SELECT a FROM t"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Could not find any factory for identifier '${demo.connector}'"));
  }

  @Test
  void modelGetsItsSecretFromAFileAndNobodyElseSeesIt() throws Exception {
    session.set(
        "headrace.echo.api-key-file",
        Files.writeString(folder.resolve("key"), "sk-1\n").toString());
    session.run(
        "CREATE MODEL echo INPUT (a INT) OUTPUT (answer STRING)"
            + " WITH ('provider' = 'echo', 'api-key' = '${echo.api-key}')");
    session.run(SOURCE);

    assertThat(
            session.rows("SELECT answer FROM ML_PREDICT(TABLE source, MODEL echo, DESCRIPTOR(a))"))
        .containsOnly("sk-1");
    assertThat(session.rows("SHOW CREATE MODEL echo").get(0))
        .contains("'api-key' = '${echo.api-key}'");
  }

  @Test
  void secretIsRefused() {
    assertThatThrownBy(
            () ->
                session.run(
                    "CREATE MODEL m INPUT (a INT) OUTPUT (b STRING)"
                        + " WITH ('provider' = 'echo', 'api-key' = 'sk-1')"))
        .rootCause()
        .hasMessageStartingWith("Model headrace.default.m, option 'api-key': it holds a secret")
        .hasMessageNotContaining("sk-1");
    session.run("CREATE TABLE t (a INT) WITH ('connector' = 'blackhole')");
    assertThatThrownBy(() -> session.run("ALTER TABLE t SET ('password' = 'hunter2')"))
        .rootCause()
        .hasMessageStartingWith("Table headrace.default.t, option 'password': it holds a secret");
    assertThat(session.rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void connectorIsMissing() {
    session.run("CREATE TABLE t (a INT)");
    assertThatThrownBy(() -> session.rows("SELECT a FROM t"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table headrace.default.t: the option 'connector' is missing"));
  }
}
