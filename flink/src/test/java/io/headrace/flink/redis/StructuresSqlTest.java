package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows as strings, members of sorted sets, elements of lists and entries of streams. */
class StructuresSqlTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
  }

  @Test
  void stringHoldsOneColumn() throws Exception {
    session.createTable(
        "mood",
        "user_id STRING, score DOUBLE, PRIMARY KEY (user_id) NOT ENFORCED",
        "'structure' = 'string'",
        "'value.column' = 'score'",
        "'ttl' = '1 h'");

    session.run("INSERT INTO mood VALUES ('u1', 0.25), ('u2', CAST(NULL AS DOUBLE))");

    assertThat(REDIS.commands().keys("*")).containsExactly("mood:u1");
    assertThat(REDIS.commands().get("mood:u1")).isEqualTo("0.25");
    assertThat(REDIS.commands().pttl("mood:u1")).isPositive();
  }

  @Test
  void nullRemovesTheStringThatWasThere() throws Exception {
    session.createTable(
        "mood",
        "user_id STRING, score DOUBLE, PRIMARY KEY (user_id) NOT ENFORCED",
        "'structure' = 'string'",
        "'value.column' = 'score'");
    REDIS.commands().set("mood:u1", "0.5");

    session.run("INSERT INTO mood VALUES ('u1', CAST(NULL AS DOUBLE))");

    assertThat(REDIS.commands().exists("mood:u1")).isZero();
  }

  @Test
  void stringHoldsTheRowAsJson() throws Exception {
    session.createTable(
        "item",
        "id STRING, tags ARRAY<STRING>, score DOUBLE, PRIMARY KEY (id) NOT ENFORCED",
        "'structure' = 'string'",
        "'key' = 'v1/<id>/json'");

    session.run("INSERT INTO item VALUES ('i1', ARRAY['好', '差'], CAST(NULL AS DOUBLE))");

    assertThat(REDIS.commands().get("v1/i1/json"))
        .isEqualTo("{\"id\":\"i1\",\"tags\":[\"好\",\"差\"],\"score\":null}");
  }

  @Test
  void mapHoldsARowInEachField() throws Exception {
    session.createTable(
        "topics",
        "calendar STRING, topic STRING, words ARRAY<STRING>,"
            + " PRIMARY KEY (calendar, topic) NOT ENFORCED",
        "'structure' = 'map'",
        "'map.field-column' = 'topic'",
        "'ttl' = '1 h'");

    session.run("INSERT INTO topics VALUES ('cn', 'red:1', ARRAY['红包']), ('cn', 'b', ARRAY['x'])");
    session.run("INSERT INTO topics VALUES ('cn', 'b', CAST(NULL AS ARRAY<STRING>))");

    assertThat(REDIS.commands().hgetall("topics:cn"))
        .isEqualTo(
            Map.of(
                "red:1", "{\"calendar\":\"cn\",\"topic\":\"red:1\",\"words\":[\"红包\"]}",
                "b", "{\"calendar\":\"cn\",\"topic\":\"b\",\"words\":null}"));
    assertThat(REDIS.commands().pttl("topics:cn")).isPositive();
  }

  @Test
  void mapOfOneColumnFollowsRetractions() throws Exception {
    session.createTable(
        "counts",
        "shop STRING, item STRING, comments BIGINT, PRIMARY KEY (shop, item) NOT ENFORCED",
        "'structure' = 'map'",
        "'map.field-column' = 'item'",
        "'value.column' = 'comments'");

    // b leaves the table when it is seen for the second time.
    session.run(
        "INSERT INTO counts SELECT shop, item, c FROM (SELECT shop, item, COUNT(*) AS c FROM"
            + " (VALUES ('s', 'a'), ('s', 'b'), ('s', 'a'), ('s', 'b'), ('s', 'a'), ('s', 'c'))"
            + " AS t(shop, item) GROUP BY shop, item) WHERE c <> 2");

    assertThat(REDIS.commands().hgetall("counts:s")).isEqualTo(Map.of("a", "3", "c", "1"));
    assertThat(session.query("SELECT item, comments FROM counts WHERE shop = 's'"))
        .containsExactlyInAnyOrder("+I[a, 3]", "+I[c, 1]");
    assertThat(session.query("SELECT comments FROM counts WHERE shop = 's' AND item = 'c'"))
        .containsExactly("+I[1]");
    assertThat(session.query("SELECT item FROM counts WHERE item IN ('a', 'b')"))
        .containsExactly("+I[a]");
  }

  @Test
  void mapNeedsItsFieldColumn() {
    session.createTable(
        "topics",
        "topic STRING, words STRING, PRIMARY KEY (topic) NOT ENFORCED",
        "'structure' = 'map'");

    assertThatThrownBy(() -> session.run("INSERT INTO topics VALUES ('a', 'b')"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains(
                        "option 'map.field-column': a 'map' needs it. Name one of topic, words"));
  }

  @Test
  void sortedSetRanksMembersAndFollowsRetractions() throws Exception {
    session.createTable(
        "ranking",
        "shop STRING, item STRING, comments BIGINT, PRIMARY KEY (shop, item) NOT ENFORCED",
        "'structure' = 'zset'",
        "'zset.member-column' = 'item'",
        "'zset.score-column' = 'comments'",
        "'ttl' = '1 h'");

    // b leaves the table when it is seen for the second time.
    session.run(
        "INSERT INTO ranking SELECT shop, item, c FROM (SELECT shop, item, COUNT(*) AS c FROM"
            + " (VALUES ('s', 'a'), ('s', 'b'), ('s', 'a'), ('s', 'b'), ('s', 'a'), ('s', 'c'))"
            + " AS t(shop, item) GROUP BY shop, item) WHERE c <> 2");

    assertThat(REDIS.commands().keys("*")).containsExactly("ranking:s");
    assertThat(REDIS.commands().zrevrangeWithScores("ranking:s", 0, -1))
        .containsExactly(ScoredValue.just(3, "a"), ScoredValue.just(1, "c"));
    assertThat(REDIS.commands().pttl("ranking:s")).isPositive();
  }

  @Test
  void sortedSetKeepsTheHighestOrTheLowest() throws Exception {
    String columns = "item STRING, price INT, PRIMARY KEY (item) NOT ENFORCED";
    for (String keep : List.of("highest", "lowest")) {
      session.createTable(
          keep,
          columns,
          "'structure' = 'zset'",
          "'zset.member-column' = 'item'",
          "'zset.score-column' = 'price'",
          "'zset.max-size' = '2'",
          "'zset.keep' = '" + keep + "'");
      session.run("INSERT INTO " + keep + " VALUES ('a', 1), ('b', 4), ('c', 3), ('d', 2)");
    }

    assertThat(REDIS.commands().zrange("highest", 0, -1)).containsExactly("c", "b");
    assertThat(REDIS.commands().zrange("lowest", 0, -1)).containsExactly("a", "d");
  }

  @Test
  void listKeepsTheLatest() throws Exception {
    session.createTable(
        "latest",
        "user_id STRING, text STRING",
        "'structure' = 'list'",
        "'key' = 'latest:<user_id>'",
        "'value.column' = 'text'",
        "'list.max-length' = '2'",
        "'sink.delivery-guarantee' = 'at-least-once'");

    session.run("INSERT INTO latest VALUES ('u', 'one'), ('u', 'two'), ('u', 'two'), ('v', 'x')");

    assertThat(REDIS.commands().lrange("latest:u", 0, -1)).containsExactly("two", "two");
    assertThat(REDIS.commands().lrange("latest:v", 0, -1)).containsExactly("x");
  }

  @Test
  void streamHasAnEntryForEachRow() throws Exception {
    session.createTable(
        "alerts",
        "item STRING, score DOUBLE",
        "'structure' = 'stream'",
        "'stream.max-length' = '2'",
        "'sink.delivery-guarantee' = 'at-least-once'");

    session.run("INSERT INTO alerts VALUES ('a', 0.1), ('a', 0.1)");
    session.run("INSERT INTO alerts VALUES ('b', CAST(NULL AS DOUBLE))");

    assertThat(REDIS.commands().xrange("alerts", Range.unbounded()))
        .extracting(StreamMessage::getBody)
        .containsExactly(Map.of("item", "a", "score", "0.1"), Map.of("item", "b"));
  }

  @Test
  void rowHasItsOwnTimeToLive() throws Exception {
    session.createTable(
        "item",
        "id STRING, a STRING, ttl BIGINT METADATA, PRIMARY KEY (id) NOT ENFORCED",
        "'ttl' = '1 d'");

    session.run(
        "INSERT INTO item VALUES ('short', 'a', 90000), ('table', 'a', CAST(NULL AS BIGINT))");

    assertThat(REDIS.commands().pttl("item:short")).isBetween(60_000L, 90_000L);
    assertThat(REDIS.commands().pttl("item:table")).isBetween(80_000_000L, 86_400_000L);
    assertThat(REDIS.commands().hgetall("item:short"))
        .containsOnly(entry("id", "short"), entry("a", "a"));
  }

  @Test
  void vectorIsPacked() throws Exception {
    session.createTable(
        "embedding",
        "id STRING, v ARRAY<FLOAT>, PRIMARY KEY (id) NOT ENFORCED",
        "'fields.v.format' = 'vector'");

    session.run(
        "INSERT INTO embedding VALUES ('a', ARRAY[CAST(1.0 AS FLOAT), CAST(-2.5 AS FLOAT)])");

    assertThat(REDIS.commands().hstrlen("embedding:a", "v")).isEqualTo(2 * Float.BYTES);
  }

  @Test
  void valueThatRedisCannotHoldIsSaidWithItsPlace() {
    session.createTable(
        "embedding",
        "id STRING, v ARRAY<FLOAT>, PRIMARY KEY (id) NOT ENFORCED",
        "'fields.v.format' = 'vector'");

    assertThatThrownBy(
            () -> session.run("INSERT INTO embedding VALUES ('a', ARRAY[CAST(NULL AS FLOAT)])"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table default_catalog.default_database.embedding, column 'v': "));
  }

  @Test
  void scoreThatIsNoDoubleIsRefused() throws Exception {
    session.createTable(
        "ranking",
        "item STRING, n BIGINT, PRIMARY KEY (item) NOT ENFORCED",
        "'structure' = 'zset'",
        "'zset.member-column' = 'item'",
        "'zset.score-column' = 'n'");

    session.run("INSERT INTO ranking VALUES ('a', 9007199254740992)");
    assertThat(REDIS.commands().zscore("ranking", "a")).isEqualTo(9007199254740992.0);
    assertThatThrownBy(() -> session.run("INSERT INTO ranking VALUES ('a', 9007199254740993)"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("column 'n': the score 9007199254740993 has more digits"));
  }

  /** Numbers to which Java 17's Double.toString gives more digits than they need. */
  @Test
  void everyDoubleIsAScore() throws Exception {
    session.createTable(
        "ranking",
        "item STRING, n DOUBLE, PRIMARY KEY (item) NOT ENFORCED",
        "'structure' = 'zset'",
        "'zset.member-column' = 'item'",
        "'zset.score-column' = 'n'");

    session.run(
        "INSERT INTO ranking VALUES ('a', 2.0134567890123456E23), ('b', -9.65464091456704E18)");
    assertThat(REDIS.commands().zscore("ranking", "a")).isEqualTo(2.0134567890123456E23);
    assertThat(REDIS.commands().zscore("ranking", "b")).isEqualTo(-9.65464091456704E18);
  }

  @Test
  void appendOnlyTableTakesNoUpdates() {
    session.createTable("log", "item STRING, n BIGINT", "'structure' = 'list'", "'key' = 'log'");

    assertThatThrownBy(
            () ->
                session.run(
                    "INSERT INTO log SELECT item, COUNT(*) FROM (VALUES ('a')) AS t(item)"
                        + " GROUP BY item"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("doesn't support consuming update"));
  }
}
