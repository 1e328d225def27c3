package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headrace.flink.redis.server.RedisServer;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What SQL writes is what any Redis client reads. */
class RedisSinkSqlTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
  }

  @Test
  void rowIsHashUnderTableNameAndPrimaryKey() throws Exception {
    session.createTable("item", "id STRING, score DOUBLE, PRIMARY KEY (id) NOT ENFORCED");

    session.run("INSERT INTO item VALUES ('i42', 7.5e-1), ('i43', 1e-7)");

    assertThat(REDIS.commands().keys("*")).containsExactlyInAnyOrder("item:i42", "item:i43");
    assertThat(REDIS.commands().hgetall("item:i42"))
        .containsOnly(entry("id", "i42"), entry("score", "0.75"));
    assertThat(REDIS.commands().hget("item:i43", "score")).isEqualTo("1.0E-7");
    assertThat(REDIS.commands().ttl("item:i42")).as("no ttl").isEqualTo(-1);
  }

  @Test
  void nullIsAnAbsentFieldAlsoWhereThereWasOne() throws Exception {
    session.createTable(
        "item", "id STRING, a STRING, b STRING, PRIMARY KEY (id) NOT ENFORCED", "'ttl' = '1 h'");

    session.run("INSERT INTO item VALUES ('i1', 'a1', 'b1')");
    session.run("INSERT INTO item VALUES ('i1', CAST(NULL AS STRING), 'b2')");

    assertThat(REDIS.commands().hgetall("item:i1"))
        .containsOnly(entry("id", "i1"), entry("b", "b2"));
    assertThat(REDIS.commands().pttl("item:i1")).isPositive();
  }

  @Test
  void ttlAndPrefixAreTheTablesOptions() throws Exception {
    session.createTable(
        "item",
        "id STRING, PRIMARY KEY (id) NOT ENFORCED",
        "'ttl' = '7 d'",
        "'key' = 'prod:item:<id>'");

    session.run("INSERT INTO item VALUES ('i1')");

    assertThat(REDIS.commands().ttl("prod:item:i1")).isBetween(6L * 86_400, 7L * 86_400);
  }

  @Test
  void retractionDeletesTheRow() throws Exception {
    session.createTable("only_one", "name STRING, PRIMARY KEY (name) NOT ENFORCED");

    // A name has a row as long as it was seen once: the second time deletes it.
    session.run(
        "INSERT INTO only_one SELECT name FROM (SELECT name, COUNT(*) AS c FROM"
            + " (VALUES ('a'), ('b'), ('a'), ('c')) AS t(name) GROUP BY name) WHERE c = 1");

    assertThat(REDIS.commands().keys("*")).containsExactlyInAnyOrder("only_one:b", "only_one:c");
  }

  @Test
  void updatesOfOneKeyEndInTheLastValue() throws Exception {
    session.createTable("totals", "name STRING, total BIGINT, PRIMARY KEY (name) NOT ENFORCED");

    session.run(
        "INSERT INTO totals SELECT name, COUNT(*) FROM"
            + " (VALUES ('a'), ('b'), ('a'), ('a')) AS t(name) GROUP BY name");

    assertThat(REDIS.commands().hget("totals:a", "total")).isEqualTo("3");
    assertThat(REDIS.commands().hget("totals:b", "total")).isEqualTo("1");
  }

  @Test
  void compositeKeysNeverCollide() throws Exception {
    session.createTable("pair", "a STRING, b STRING, n INT, PRIMARY KEY (a, b) NOT ENFORCED");

    session.run("INSERT INTO pair VALUES ('x:y', 'z', 1), ('x', 'y:z', 2), ('x%3Ay', 'z', 3)");

    assertThat(REDIS.commands().hget("pair:x%3Ay:z", "n")).isEqualTo("1");
    assertThat(REDIS.commands().hget("pair:x:y%3Az", "n")).isEqualTo("2");
    assertThat(REDIS.commands().hget("pair:x%253Ay:z", "n")).isEqualTo("3");
  }

  @Test
  void everyTypeHasItsText() throws Exception {
    session.createTable(
        "types",
        "id STRING, bo BOOLEAN, ti TINYINT, bi BIGINT, de DECIMAL(20, 2), fl FLOAT, do DOUBLE,"
            + " ch CHAR(3), bin BYTES, da DATE, ti0 TIME(0), ts TIMESTAMP(6), ltz TIMESTAMP_LTZ(3),"
            + " ar ARRAY<INT>, ma MAP<STRING, DOUBLE>, ro ROW<x INT, y STRING>,"
            + " PRIMARY KEY (id) NOT ENFORCED");

    session.run(
        "INSERT INTO types VALUES ('评论', TRUE, CAST(-1 AS TINYINT), 9223372036854775807, 1234.50,"
            + " CAST(0.1 AS FLOAT), 1e21, 'abc', x'00ff', DATE '2026-11-21', TIME '03:04:05',"
            + " TIMESTAMP '2026-11-21 03:22:08.123456',"
            + " TO_TIMESTAMP_LTZ(1795231328123, 3), ARRAY[1, 2], MAP['k', 0.5],"
            + " ROW(1, CAST(NULL AS STRING)))");

    assertThat(REDIS.commands().hgetall("types:评论"))
        .contains(
            entry("bo", "true"),
            entry("ti", "-1"),
            entry("bi", "9223372036854775807"),
            entry("de", "1234.50"),
            entry("fl", "0.1"),
            entry("do", "1.0E21"),
            entry("ch", "abc"),
            entry("da", "2026-11-21"),
            entry("ti0", "03:04:05"),
            entry("ts", "2026-11-21T03:22:08.123456"),
            entry("ltz", "2026-11-21T03:22:08.123Z"),
            entry("ar", "[1,2]"),
            entry("ma", "{\"k\":0.5}"),
            entry("ro", "{\"x\":1,\"y\":null}"));
  }

  @Test
  void refusedRowFailsTheJobInRedisOwnWords() {
    session.createTable("item", "id STRING, a STRING, PRIMARY KEY (id) NOT ENFORCED");
    REDIS.commands().set("item:i1", "a string, not a hash");

    assertThatThrownBy(() -> session.run("INSERT INTO item VALUES ('i1', 'a1')"))
        .isInstanceOf(ExecutionException.class)
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table default_catalog.default_database.item, key 'item:i1'")
                    .contains("command HSET", "WRONGTYPE Operation against a key"));
  }
}
