package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What SQL or another client has written, SQL reads back, for each structure. */
class StructuresReadTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
  }

  @Test
  void hashOfAllTypes() throws Exception {
    session.createTable(
        "types",
        "id STRING, bo BOOLEAN, ti TINYINT, bi BIGINT, de DECIMAL(20, 2), fl FLOAT, do DOUBLE,"
            + " ch CHAR(3), bin BYTES, da DATE, ti0 TIME(0), ts TIMESTAMP(6), ltz TIMESTAMP_LTZ(3),"
            + " ar ARRAY<INT>, ma MAP<STRING, DOUBLE>, ro ROW<x INT, y STRING>, nu INT,"
            + " PRIMARY KEY (id) NOT ENFORCED");

    session.run(
        "INSERT INTO types VALUES ('评论', TRUE, CAST(-1 AS TINYINT), 9223372036854775807, 1234.50,"
            + " CAST(0.1 AS FLOAT), 1e21, 'abc', x'00ff', DATE '2026-11-21', TIME '03:04:05',"
            + " TIMESTAMP '2026-11-21 03:22:08.123456',"
            + " TO_TIMESTAMP_LTZ(1795231328123, 3), ARRAY[1, 2], MAP['k', 0.5],"
            + " ROW(1, CAST(NULL AS STRING)), CAST(NULL AS INT))");

    assertThat(session.query("SELECT * FROM types"))
        .containsExactly(
            "+I[评论, true, -1, 9223372036854775807, 1234.50, 0.1, 1.0E21, abc, [0, -1],"
                + " 2026-11-21, 03:04:05, 2026-11-21T03:22:08.123456, 2026-11-21T03:22:08.123Z,"
                + " [1, 2], {k=0.5}, +I[1, null], null]");
  }

  @Test
  void hashOfAnotherClient() throws Exception {
    session.createTable("item", "id BIGINT, a STRING, n INT, PRIMARY KEY (id) NOT ENFORCED");
    REDIS.commands().hset("item:7", Map.of("a", "x", "n", "8", "unknown", "?"));
    REDIS.commands().hset("item:8", Map.of("id", "not looked at", "unknown", "?"));

    assertThat(session.query("SELECT * FROM item"))
        .containsExactlyInAnyOrder("+I[7, x, 8]", "+I[8, null, null]");
    assertThat(session.query("SELECT n, id FROM item"))
        .containsExactlyInAnyOrder("+I[8, 7]", "+I[null, 8]");
    assertThat(session.query("SELECT id FROM item")).containsExactlyInAnyOrder("+I[7]", "+I[8]");
    assertThat(session.query("SELECT COUNT(*) FROM item")).endsWith("+U[2]");
  }

  @Test
  void onlyNeededFieldsTravel() throws Exception {
    session.createTable("item", "id STRING, a STRING, b STRING, PRIMARY KEY (id) NOT ENFORCED");
    REDIS.commands().hset("item:i", Map.of("id", "i", "a", "x".repeat(1_000_000), "b", "y"));

    long before = outputBytes();
    assertThat(session.query("SELECT b FROM item")).containsExactly("+I[y]");
    assertThat(outputBytes() - before).isLessThan(100_000);
  }

  private static long outputBytes() {
    return REDIS
        .commands()
        .info("stats")
        .lines()
        .filter(line -> line.startsWith("total_net_output_bytes:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }

  @Test
  void stringOfOneColumn() throws Exception {
    session.createTable(
        "mood",
        "user_id STRING, `day` DATE, score DOUBLE, PRIMARY KEY (user_id, `day`) NOT ENFORCED",
        "'structure' = 'string'",
        "'value.column' = 'score'",
        "'key' = 'mood:{<user_id>}:<day>'");

    session.run("INSERT INTO mood VALUES ('a}:b', DATE '2026-11-21', 0.25)");

    assertThat(session.query("SELECT * FROM mood")).containsExactly("+I[a}:b, 2026-11-21, 0.25]");
    assertThat(session.query("SELECT `day` FROM mood")).containsExactly("+I[2026-11-21]");
  }

  @Test
  void stringOfJson() throws Exception {
    session.createTable(
        "item",
        "id STRING, tags ARRAY<STRING>, score DOUBLE, PRIMARY KEY (id) NOT ENFORCED",
        "'structure' = 'string'");

    session.run("INSERT INTO item VALUES ('i1', ARRAY['好', '差'], CAST(NULL AS DOUBLE))");
    REDIS.commands().set("item:i2", "{\"score\":0.5}");

    assertThat(session.query("SELECT * FROM item"))
        .containsExactlyInAnyOrder("+I[i1, [好, 差], null]", "+I[i2, null, 0.5]");
    assertThat(session.query("SELECT score FROM item WHERE id = 'i2'")).containsExactly("+I[0.5]");
  }

  @Test
  void sortedSet() throws Exception {
    session.createTable(
        "ranking",
        "shop STRING, item BIGINT, price DECIMAL(10, 2), PRIMARY KEY (shop, item) NOT ENFORCED",
        "'structure' = 'zset'",
        "'zset.member-column' = 'item'",
        "'zset.score-column' = 'price'");

    session.run("INSERT INTO ranking VALUES ('s', 1, 2.50), ('s', 2, 0.01), ('t', 1, -3.00)");

    assertThat(session.query("SELECT * FROM ranking"))
        .containsExactlyInAnyOrder("+I[s, 2, 0.01]", "+I[s, 1, 2.50]", "+I[t, 1, -3.00]");
    assertThat(session.query("SELECT price FROM ranking WHERE shop = 's' AND item = 2"))
        .containsExactly("+I[0.01]");
    assertThat(session.query("SELECT shop FROM ranking WHERE item = 1"))
        .containsExactlyInAnyOrder("+I[s]", "+I[t]");
    assertThat(session.query("SELECT * FROM ranking WHERE item = 3")).isEmpty();
  }

  @Test
  void scoresOfEachNumber() throws Exception {
    Map<String, String> numbers = new HashMap<>();
    numbers.put("TINYINT", "-7");
    numbers.put("BIGINT", "9007199254740992");
    numbers.put("FLOAT", "0.1");
    numbers.put("DOUBLE", "1.0E300");
    for (String type : numbers.keySet()) {
      String table = type.toLowerCase();
      session.createTable(
          "z_" + table,
          "m STRING, s " + type + ", PRIMARY KEY (m) NOT ENFORCED",
          "'structure' = 'zset'",
          "'zset.member-column' = 'm'",
          "'zset.score-column' = 's'");
      session.run(
          "INSERT INTO z_%s VALUES ('m', CAST('%s' AS %s))"
              .formatted(table, numbers.get(type), type));
    }
    for (String type : numbers.keySet()) {
      assertThat(session.query("SELECT s FROM z_" + type.toLowerCase()))
          .containsExactly("+I[" + numbers.get(type) + "]");
    }
  }

  @Test
  void listFromLeftToRight() throws Exception {
    session.createTable(
        "latest",
        "user_id STRING, text STRING",
        "'structure' = 'list'",
        "'key' = 'latest:<user_id>'",
        "'value.column' = 'text'");
    REDIS.commands().rpush("latest:u", "one", "two", "two");
    REDIS.commands().rpush("latest:v", "three");

    assertThat(session.query("SELECT * FROM latest WHERE user_id = 'u'"))
        .containsExactly("+I[u, one]", "+I[u, two]", "+I[u, two]");
    assertThat(session.query("SELECT text FROM latest"))
        .containsExactlyInAnyOrder("+I[one]", "+I[two]", "+I[two]", "+I[three]");
    assertThat(session.query("SELECT user_id FROM latest")).hasSize(4);
  }

  @Test
  void listOfJson() throws Exception {
    session.createTable("log", "a STRING, n INT NOT NULL", "'structure' = 'list'");
    REDIS.commands().rpush("log", "{\"a\":\"x\",\"n\":1}", "{\"n\":2}");

    assertThat(session.query("SELECT * FROM log")).containsExactly("+I[x, 1]", "+I[null, 2]");
  }

  @Test
  void longStreamInPieces() throws Exception {
    session.createTable("events", "item STRING, n INT", "'structure' = 'stream'");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      REDIS.commands().xadd("events", Map.of("n", Integer.toString(i)));
      expected.add("+I[null, " + i + "]");
    }
    REDIS.commands().xadd("events", Map.of("item", "last"));
    expected.add("+I[last, null]");

    assertThat(session.query("SELECT * FROM events")).containsExactlyElementsOf(expected);
  }

  @Test
  void vector() throws Exception {
    session.createTable(
        "embedding",
        "id STRING, v ARRAY<FLOAT>, PRIMARY KEY (id) NOT ENFORCED",
        "'fields.v.format' = 'vector'");

    session.run(
        "INSERT INTO embedding VALUES ('a', ARRAY[CAST(1.0 AS FLOAT), CAST(-2.5 AS FLOAT)])");

    assertThat(session.query("SELECT * FROM embedding")).containsExactly("+I[a, [1.0, -2.5]]");
  }

  @Test
  void timeToLiveIsMetadata() throws Exception {
    for (String structure : List.of("hash", "string")) {
      session.createTable(
          "a_" + structure,
          "id STRING, left_ms BIGINT METADATA FROM 'ttl', a STRING, PRIMARY KEY (id) NOT ENFORCED",
          "'structure' = '" + structure + "'");
    }
    REDIS.commands().hset("a_hash:end", "a", "x");
    REDIS.commands().pexpire("a_hash:end", 90_000);
    REDIS.commands().hset("a_hash:none", "a", "x");
    REDIS.commands().psetex("a_string:end", 90_000, "{\"a\":\"x\"}");
    REDIS.commands().set("a_string:none", "{\"a\":\"x\"}");

    for (String structure : List.of("hash", "string")) {
      assertThat(
              session.query(
                  "SELECT id, a, left_ms BETWEEN 30000 AND 90000, left_ms IS NULL FROM a_"
                      + structure))
          .containsExactlyInAnyOrder("+I[end, x, true, false]", "+I[none, x, null, true]");
      assertThat(
              session.query("SELECT left_ms > 0 FROM a_%s WHERE id = 'end'".formatted(structure)))
          .containsExactly("+I[true]");
    }
  }
}
