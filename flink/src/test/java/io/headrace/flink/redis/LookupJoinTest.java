package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import java.util.Map;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a stream, joined with rows in Redis. */
class LookupJoinTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
    orders("('o1', 'a', 1), ('o2', 'b', 2), ('o3', 'a', 3), ('o4', CAST(NULL AS STRING), 4)");
    REDIS.commands().hset("item:a", Map.of("n", "1", "label", "first"));
  }

  /** The stream: an id of its own, the item's id, a number, and the time. */
  private void orders(String rows) {
    session.tableEnvironment().executeSql("DROP VIEW IF EXISTS orders");
    session
        .tableEnvironment()
        .executeSql(
            "CREATE VIEW orders AS SELECT *, PROCTIME() AS t FROM (VALUES "
                + rows
                + ") AS v(o, item, n)");
  }

  private void items(String... options) {
    session.createTable(
        "item", "id STRING, n INT, label STRING, PRIMARY KEY (id) NOT ENFORCED", options);
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

  private static String join(String columns, String condition) {
    return "SELECT %s FROM orders LEFT JOIN item FOR SYSTEM_TIME AS OF orders.t AS d ON %s"
        .formatted(columns, condition);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void missingRowsAreNull(String async) throws Exception {
    items("'lookup.async' = '" + async + "'");

    assertThat(session.query(join("o, label", "orders.item = d.id")))
        .containsExactlyInAnyOrder(
            "+I[o1, first]", "+I[o2, null]", "+I[o3, first]", "+I[o4, null]");
    assertThat(calls("hmget")).as("none for NULL").isEqualTo(3);
    assertThat(
            session.query(
                "SELECT o FROM orders JOIN item FOR SYSTEM_TIME AS OF orders.t AS d"
                    + " ON orders.item = d.id"))
        .containsExactlyInAnyOrder("+I[o1]", "+I[o3]");
  }

  @Test
  void otherColumnsAreComparedToo() throws Exception {
    items();

    assertThat(session.query(join("o, label", "orders.item = d.id AND d.n = orders.n")))
        .containsExactlyInAnyOrder("+I[o1, first]", "+I[o2, null]", "+I[o3, null]", "+I[o4, null]");
    assertThat(session.query(join("o, label", "orders.item = d.id AND d.label = 'second'")))
        .contains("+I[o1, null]");
  }

  @Test
  void keyOfSeveralColumnsInAnyOrder() throws Exception {
    session.createTable(
        "item",
        "label STRING, shop STRING, id STRING, PRIMARY KEY (shop, id) NOT ENFORCED",
        "'key' = 'i/<id>/<shop>'");
    REDIS.commands().hset("i/a/s", "label", "first");
    REDIS.commands().hset("i/b/t", "label", "second");

    assertThat(session.query(join("o, label", "d.shop = 's' AND orders.item = d.id")))
        .contains("+I[o1, first]", "+I[o2, null]");
    assertThat(
            session.query(join("o, label", "d.id = orders.item AND d.shop = CAST('t' AS VARCHAR)")))
        .contains("+I[o1, null]", "+I[o2, second]");
    assertThat(
            session.query(
                "SELECT o, label FROM orders JOIN item FOR SYSTEM_TIME AS OF orders.t AS d"
                    + " ON orders.item = d.id WHERE d.shop IN ('s', 't')"))
        .containsExactlyInAnyOrder("+I[o1, first]", "+I[o2, second]", "+I[o3, first]");
  }

  @Test
  void wholeKeyHasToBeGiven() {
    session.createTable(
        "item", "label STRING, shop STRING, id STRING, PRIMARY KEY (shop, id) NOT ENFORCED");

    assertThatThrownBy(() -> session.query(join("o, label", "orders.item = d.id")))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table default_catalog.default_database.item: the join's condition")
                    .contains("does not say which 'shop', and the key 'item:<shop>:<id>'")
                    .contains("Add 'AND … = shop' to the condition"));
  }

  @Test
  void membersOfASortedSet() throws Exception {
    session.createTable(
        "item",
        "shop STRING, id STRING, score DOUBLE, PRIMARY KEY (shop, id) NOT ENFORCED",
        "'structure' = 'zset'",
        "'key' = 'ranking:<shop>'",
        "'zset.member-column' = 'id'",
        "'zset.score-column' = 'score'");
    REDIS.commands().zadd("ranking:a", 0.5, "a");
    REDIS.commands().zadd("ranking:a", 1.5, "z");

    assertThat(session.query(join("o, score", "orders.item = d.id AND d.shop = 'a'")))
        .contains("+I[o1, 0.5]", "+I[o2, null]");
    assertThat(calls("zmscore")).isEqualTo(3);
    assertThat(session.query(join("o, score", "orders.item = d.shop")))
        .contains("+I[o1, 0.5]", "+I[o1, 1.5]", "+I[o2, null]");
  }

  @Test
  void fieldsOfAMap() throws Exception {
    session.createTable(
        "item",
        "shop STRING, id STRING, label STRING, PRIMARY KEY (shop, id) NOT ENFORCED",
        "'structure' = 'map'",
        "'key' = 'm:<shop>'",
        "'map.field-column' = 'id'");
    REDIS.commands().hset("m:a", "a", "{\"id\":\"a\",\"label\":\"x\"}");
    REDIS.commands().hset("m:a", "z", "{\"id\":\"z\",\"label\":null}");

    assertThat(session.query(join("o, label", "orders.item = d.id AND d.shop = 'a'")))
        .contains("+I[o1, x]", "+I[o2, null]");
    assertThat(session.query(join("o, d.id, label", "orders.item = d.shop")))
        .contains("+I[o1, a, x]", "+I[o1, z, null]", "+I[o2, null, null]");
  }

  @Test
  void elementsOfAList() throws Exception {
    session.createTable(
        "item",
        "id STRING, label STRING",
        "'structure' = 'list'",
        "'key' = 'l:<id>'",
        "'value.column' = 'label'");
    REDIS.commands().rpush("l:a", "x", "y");

    assertThat(session.query(join("o, label", "orders.item = d.id")))
        .contains("+I[o1, x]", "+I[o1, y]", "+I[o2, null]");
  }

  @Test
  void timeToLive() throws Exception {
    session.createTable("item", "id STRING, ttl BIGINT METADATA, PRIMARY KEY (id) NOT ENFORCED");
    REDIS.commands().pexpire("item:a", 90_000);

    assertThat(session.query(join("o, ttl > 30000", "orders.item = d.id")))
        .contains("+I[o1, true]", "+I[o2, null]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void cacheAsksOncePerKey(String async) throws Exception {
    items(
        "'lookup.async' = '" + async + "'",
        "'lookup.cache' = 'PARTIAL'",
        "'lookup.partial-cache.max-rows' = '10'");
    StringBuilder rows = new StringBuilder("('o', 'a', 0)");
    for (int i = 1; i < 400; i++) {
      rows.append(", ('o', '")
          .append(i % 2 == 0 ? "a" : "none")
          .append("', ")
          .append(i)
          .append(")");
    }
    orders(rows.toString());
    session.tableEnvironment().getConfig().set("table.exec.async-lookup.buffer-capacity", "1");
    session.tableEnvironment().getConfig().set("pipeline.object-reuse", "true");

    assertThat(session.query(join("orders.n, item, label", "orders.item = d.id")))
        .hasSize(400)
        .contains("+I[398, a, first]", "+I[399, none, null]");
    assertThat(calls("hmget")).isEqualTo(2);
  }

  @Test
  void missingKeysNeedNotBeCached() throws Exception {
    items(
        "'lookup.async' = 'false'",
        "'lookup.cache' = 'PARTIAL'",
        "'lookup.partial-cache.max-rows' = '10'",
        "'lookup.partial-cache.cache-missing-key' = 'false'");
    orders("('o1', 'x', 1), ('o2', 'x', 2), ('o3', 'a', 3), ('o4', 'a', 4)");

    assertThat(session.query(join("o, label", "orders.item = d.id"))).hasSize(4);
    assertThat(calls("hmget")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void keyOfAnotherTypeIsAnErrorAtOnce(String async) {
    items("'lookup.async' = '" + async + "'", "'lookup.max-retries' = '1000'");
    REDIS.commands().set("item:b", "a string");

    assertThatThrownBy(() -> session.query(join("o, label", "orders.item = d.id")))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table default_catalog.default_database.item, key 'item:b'")
                    .contains("command HMGET", "WRONGTYPE", "delete the key, or choose another"));
  }

  @Test
  void unreadableValueIsAnError() {
    items("'lookup.max-retries' = '1000'");
    REDIS.commands().hset("item:b", "n", "many");

    assertThatThrownBy(() -> session.query(join("o, d.n", "orders.item = d.id")))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("key 'item:b', field 'n': 'many' is not a value of INT"));
  }
}
