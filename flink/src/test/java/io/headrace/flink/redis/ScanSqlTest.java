package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys a query reads, and what it says about what is no row. */
class ScanSqlTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
    session.createTable("item", "id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED");
    session.createTable("pair", "a STRING, b INT, n INT, PRIMARY KEY (a, b) NOT ENFORCED");
  }

  /** Rows of the table item: n is the number, the id its text. */
  private static void items(int count) {
    for (int i = 0; i < count; i++) {
      REDIS.commands().hset("item:" + i, "n", Integer.toString(i));
    }
  }

  private static void pairs(String... keys) {
    for (String key : keys) {
      REDIS.commands().hset("pair:" + key, "n", "1");
    }
  }

  private static boolean ran(String command) {
    return REDIS.commands().info("commandstats").contains("cmdstat_" + command + ":");
  }

  private static long calls(String command) {
    return REDIS
        .commands()
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
        .mapToLong(line -> Long.parseLong(line.split("[=,]")[1]))
        .sum();
  }

  private static String error(Throwable failure) {
    return ExceptionUtils.stringifyException(failure);
  }

  @Test
  void emptyTable() throws Exception {
    assertThat(session.query("SELECT * FROM item")).isEmpty();
  }

  @Test
  void manyPagesInStreamingAndInBatchMode() throws Exception {
    items(3_000);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      expected.add("+I[" + i + ", " + i + "]");
    }

    assertThat(session.query("SELECT * FROM item")).containsExactlyInAnyOrderElementsOf(expected);

    SqlSession batch = new SqlSession(REDIS, EnvironmentSettings.newInstance().inBatchMode());
    batch.createTable(
        "item",
        "id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED",
        "'scan.count' = '10'",
        "'scan.parallelism' = '2'");
    assertThat(batch.query("SELECT * FROM item")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(batch.query("SELECT SUM(n), COUNT(*) FROM item"))
        .containsExactly("+I[4498500, 3000]");
  }

  @Test
  void keysThatTheQueryNamesAreReadWithoutScan() throws Exception {
    items(100);

    assertThat(session.query("SELECT n FROM item WHERE id = '7'")).containsExactly("+I[7]");
    assertThat(session.query("SELECT n FROM item WHERE '8' = id AND n = 8"))
        .containsExactly("+I[8]");
    assertThat(session.query("SELECT n FROM item WHERE id IN ('1', '2', 'none')"))
        .containsExactlyInAnyOrder("+I[1]", "+I[2]");
    assertThat(session.query("SELECT n FROM item WHERE id IN ('1', '2', '3', '4', '5', '6', '7')"))
        .hasSize(7);
    assertThat(session.query("SELECT n FROM item WHERE id IN ('1', '2') AND id IN ('2', '3')"))
        .containsExactly("+I[2]");
    assertThat(session.query("SELECT n FROM item WHERE id = '1' AND id = '2'")).isEmpty();

    assertThat(ran("hmget")).isTrue();
    assertThat(ran("scan")).isFalse();
  }

  @Test
  void allColumnsOfTheKeyAreNeededForThat() throws Exception {
    pairs("x:1", "x:2", "y:1", "y:3");

    assertThat(session.query("SELECT a, b FROM pair WHERE a IN ('x', 'y') AND b IN (1, 2)"))
        .containsExactlyInAnyOrder("+I[x, 1]", "+I[x, 2]", "+I[y, 1]");
    assertThat(ran("scan")).isFalse();
    assertThat(session.query("SELECT a FROM pair WHERE b = 1"))
        .containsExactlyInAnyOrder("+I[x]", "+I[y]");
    assertThat(ran("scan")).isTrue();
  }

  @Test
  void otherKeysAreNotRead() throws Exception {
    pairs("x:1", "x:2", "y:1", "xy:1", "x%3A:1");

    assertThat(session.query("SELECT b FROM pair WHERE a = 'x'"))
        .containsExactlyInAnyOrder("+I[1]", "+I[2]");
    assertThat(calls("hlen")).isEqualTo(2);
    assertThat(session.query("SELECT a FROM pair WHERE a LIKE 'x%'"))
        .containsExactlyInAnyOrder("+I[x]", "+I[x]", "+I[xy]", "+I[x:]");
    assertThat(session.query("SELECT a FROM pair WHERE a LIKE 'x:%' AND b = 1"))
        .containsExactly("+I[x:]");
    assertThat(session.query("SELECT a FROM pair WHERE a LIKE 'x_%' AND a LIKE '%y'"))
        .containsExactly("+I[xy]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SMALLINT         | 7                     | k = 7
          BIGINT           | 7                     | k = 7
          BIGINT           | 7                     | k = 7.0
          DECIMAL(10, 2)   | 7.50                  | k = 7.5
          BOOLEAN          | true                  | k = TRUE
          DATE             | 2026-11-21            | k = DATE '2026-11-21'
          TIMESTAMP(3)     | 2026-11-21T01:02:03.000 | k = TIMESTAMP '2026-11-21 01:02:03'
          CHAR(2)          | ab                    | k = 'ab'
          DOUBLE           | 7.5                   | k = 7.5
          DOUBLE           | -0.0                  | k = 0e0
          STRING           | A                     | UPPER(k) = 'A'
          STRING           | A                     | k = 'A' OR n = 2
          """)
  void conditionsOnKeysOfAllTypes(String type, String key, String condition) throws Exception {
    session.createTable("t", "k " + type + ", n INT, PRIMARY KEY (k) NOT ENFORCED");
    REDIS.commands().hset("t:" + key, "n", "1");
    REDIS.commands().hset("t:other", "n", "1");

    assertThat(session.query("SELECT n FROM t WHERE " + condition)).containsExactly("+I[1]");
  }

  @Test
  void limitEndsTheScan() throws Exception {
    items(5_000);
    SqlSession batch = new SqlSession(REDIS, EnvironmentSettings.newInstance().inBatchMode());
    batch.createTable(
        "item", "id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED", "'scan.count' = '100'");

    assertThat(batch.query("SELECT * FROM item LIMIT 7")).hasSize(7);
    assertThat(calls("scan")).isLessThan(10);
    assertThat(calls("hmget")).isLessThan(100);
    assertThat(batch.query("SELECT * FROM item WHERE n >= 4990 LIMIT 20")).hasSize(10);
    assertThat(session.query("SELECT * FROM item LIMIT 7")).hasSize(7);
  }

  @Test
  void explainSaysWhatIsPushedDown() {
    String plan =
        session.tableEnvironment().explainSql("SELECT n FROM pair WHERE a = 'x' AND b > 1");

    assertThat(plan).contains("filter=[=(a, _UTF-16LE'x'", "project=[b, n]");
  }

  @Test
  void foreignKeysAreNoRows() throws Exception {
    session.createTable("any_key", "k INT, n INT, PRIMARY KEY (k) NOT ENFORCED", "'key' = '<k>'");
    session.createTable("text", "k STRING, n INT, PRIMARY KEY (k) NOT ENFORCED", "'key' = '<k>'");
    REDIS.commands().hset("1", "n", "1");
    // What newer-wins leaves for a deleted row.
    REDIS.commands().set("headrace:deleted:2", "2026-11-21T00:00:00.000Z");
    REDIS.commands().set("headrace:high-water:<k>", "2026-11-21T00:00:00.000Z");

    assertThat(session.query("SELECT * FROM text")).containsExactly("+I[1, 1]");
    REDIS.commands().set("01", "a number in another form");
    REDIS.commands().set("one", "no number");
    assertThat(session.query("SELECT * FROM any_key")).containsExactly("+I[1, 1]");
  }

  @Test
  void globCharactersInKeysStandForThemselves() throws Exception {
    session.createTable(
        "glob", "id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED", "'key' = 'g*[a]?:<id>'");
    REDIS.commands().hset("g*[a]?:*", "n", "1");
    REDIS.commands().hset("gxxa1:1", "n", "2");

    assertThat(session.query("SELECT * FROM glob")).containsExactly("+I[*, 1]");
    assertThat(session.query("SELECT n FROM glob WHERE id LIKE '*%'")).containsExactly("+I[1]");
    assertThat(session.query("SELECT n FROM glob WHERE id LIKE '\\%%'")).isEmpty();
  }

  @Test
  void keyOfAnotherTypeIsAnError() {
    REDIS.commands().set("item:1", "a string, not a hash");

    assertThatThrownBy(() -> session.query("SELECT * FROM item"))
        .satisfies(
            e ->
                assertThat(error(e))
                    .contains("Table default_catalog.default_database.item, key 'item:1'")
                    .contains("command HMGET", "WRONGTYPE", "delete the key, or choose another"));
    assertThatThrownBy(() -> session.query("SELECT id FROM item"))
        .satisfies(e -> assertThat(error(e)).contains("command HLEN", "WRONGTYPE"));
  }

  @Test
  void valueOfAnotherTypeIsAnError() {
    REDIS.commands().hset("item:1", Map.of("n", "nine" + "!".repeat(1000)));

    assertThatThrownBy(() -> session.query("SELECT * FROM item"))
        .satisfies(
            e ->
                assertThat(error(e))
                    .contains(
                        "Table default_catalog.default_database.item, key 'item:1', field 'n': "
                            + "'nine!!!")
                    .contains("is not a value of INT: expected a whole number")
                    .contains("Correct or delete it in Redis, or declare the column")
                    .doesNotContain("!".repeat(100)));
  }

  @Test
  void absentFieldOfANotNullColumnIsAnError() {
    session.createTable("strict", "id STRING, n INT NOT NULL, PRIMARY KEY (id) NOT ENFORCED");
    REDIS.commands().hset("strict:1", "m", "1");

    assertThatThrownBy(() -> session.query("SELECT * FROM strict"))
        .satisfies(
            e ->
                assertThat(error(e))
                    .contains("key 'strict:1', field 'n': it is absent")
                    .contains("declare the column without NOT NULL"));
  }

  @Test
  void brokenJsonIsAnError() {
    session.createTable(
        "doc", "id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED", "'structure' = 'string'");
    REDIS.commands().set("doc:1", "{\"n\": oops}");

    assertThatThrownBy(() -> session.query("SELECT * FROM doc"))
        .satisfies(
            e -> assertThat(error(e)).contains("key 'doc:1', the row as JSON: ", "is not JSON"));
  }

  @Test
  void scoreThatDoesNotFitIsAnError() {
    session.createTable(
        "ranking",
        "m STRING, s INT, PRIMARY KEY (m) NOT ENFORCED",
        "'structure' = 'zset'",
        "'zset.member-column' = 'm'",
        "'zset.score-column' = 's'");
    REDIS.commands().zadd("ranking", 0.5, "a");

    assertThatThrownBy(() -> session.query("SELECT * FROM ranking"))
        .satisfies(
            e ->
                assertThat(error(e))
                    .contains("key 'ranking', field 's': '0.5' is not a value of INT"));
  }
}
