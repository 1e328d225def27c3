package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions in all of Flink's languages, and models: what one session makes, another one has. */
class FunctionAndModelStatementsTest {

  @TempDir Path folder;

  private Session session;
  private Session other;

  @BeforeEach
  void openSessions() {
    session = new Session(folder);
    other = new Session(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA, USING JAR 'file:///y.jar', 1",
    "SCALA, USING ARTIFACT 'file:///y.jar', 1",
    "PYTHON, '', 0",
  })
  void functionsOfEveryLanguage(String language, String using, int resources) throws Exception {
    session.run("CREATE FUNCTION f AS 'x.Y' LANGUAGE " + language + " " + using);
    var path = new ObjectPath("default", "f");
    var function = other.catalog().getFunction(path);
    assertThat(function.getFunctionLanguage()).isEqualTo(FunctionLanguage.valueOf(language));
    assertThat(function).isEqualTo(session.catalog().getFunction(path));
    assertThat(function.getFunctionResources()).hasSize(resources);

    session.run("ALTER FUNCTION f AS 'x.Z' LANGUAGE " + language);
    assertThat(other.catalog().getFunction(path).getClassName()).isEqualTo("x.Z");
  }

  @Test
  void functionIsCalledAndDescribed() {
    session.run("CREATE FUNCTION twice AS '" + Twice.class.getName() + "'");
    assertThat(other.rows("SELECT TWICE(21)")).containsExactly("42");
    assertThat(other.rows("DESCRIBE FUNCTION EXTENDED twice")).contains("signature");
  }

  @Test
  void functionKeepsItsOptions() throws Exception {
    var path = new ObjectPath("default", "f");
    var function =
        new CatalogFunctionImpl("x.Y", FunctionLanguage.JAVA, List.of(), Map.of("k", "v"));
    session.catalog().createFunction(path, function, false);
    assertThat(other.catalog().getFunction(path).getOptions()).containsEntry("k", "v");
  }

  @Test
  void alterModel() {
    session.run(
        "CREATE MODEL m INPUT (a INT COMMENT 'in') OUTPUT (b STRING) COMMENT 'the model'"
            + " WITH ('provider' = 'echo', 'api-key' = '${k.token}')");
    session.run("CREATE MODEL IF NOT EXISTS m INPUT (z INT) OUTPUT (b STRING) WITH ('p' = 'x')");
    session.run("ALTER MODEL m SET ('task' = 'c', 'more' = 'd')");
    session.run("ALTER MODEL m RESET ('more')");
    session.run("ALTER MODEL m RENAME TO n");
    assertThat(other.rows("SHOW MODELS")).containsExactly("n");
    assertThat(other.rows("SHOW CREATE MODEL n").get(0))
        .contains("INPUT (`a` INT COMMENT 'in')", "OUTPUT (`b` VARCHAR(2147483647))")
        .contains("COMMENT 'the model'", "'task' = 'c'", "'api-key' = '${k.token}'")
        .doesNotContain("more");
    assertThat(other.rows("DESCRIBE MODEL n")).containsExactly("a", "b");
  }
}
