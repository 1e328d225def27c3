package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When and whether lists and streams are appended to, as their options say. */
@Timeout(60)
class AppendSqlTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final String LIST =
      "'structure' = 'list', 'key' = 'log:<k>', 'value.column' = 'v', 'list.push' = 'right'";

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
  }

  /** One row a second, for ever. */
  private void createEndlessSource() {
    session
        .tableEnvironment()
        .executeSql(
            "CREATE TABLE endless (k STRING, v STRING) WITH ('connector' = 'datagen',"
                + " 'rows-per-second' = '100', 'fields.k.length' = '1')");
  }

  @Test
  void inputThatEndsIsAppendedAtItsEndWithoutCheckpoints() throws Exception {
    session.createTable("log", "k STRING, v STRING", LIST);

    session.run("INSERT INTO log VALUES ('a', '1'), ('b', '2'), ('a', '3')");

    assertThat(REDIS.commands().lrange("log:a", 0, -1)).containsExactly("1", "3");
    assertThat(REDIS.commands().lrange("log:b", 0, -1)).containsExactly("2");
    assertThat(REDIS.commands().keys("headrace:staged:*")).isEmpty();
  }

  @Test
  void batchJobAppendsAtItsEnd() throws Exception {
    session = new SqlSession(REDIS, EnvironmentSettings.newInstance().inBatchMode());
    session.createTable("alerts", "k STRING, v STRING", "'structure' = 'stream'");

    session.run("INSERT INTO alerts VALUES ('a', '1'), ('b', '2')");

    assertThat(REDIS.commands().xrange("alerts", Range.unbounded()))
        .extracting(StreamMessage::getBody)
        .containsExactly(Map.of("k", "a", "v", "1"), Map.of("k", "b", "v", "2"));
  }

  @Test
  void rowHasItsOwnTimeToLive() throws Exception {
    session.createTable("log", "k STRING, v STRING, ttl BIGINT METADATA", LIST, "'ttl' = '1 d'");

    session.run(
        "INSERT INTO log SELECT k, v, CAST(NULLIF(millis, 0) AS BIGINT) FROM (VALUES"
            + " ('a', '1', 0), ('a', '2', 90000), ('b', '1', 90000), ('b', '2', 0))"
            + " AS t(k, v, millis)");

    assertThat(REDIS.commands().pttl("log:a")).isBetween(60_000L, 90_000L);
    assertThat(REDIS.commands().pttl("log:b")).isBetween(80_000_000L, 86_400_000L);
  }

  @Test
  void inputThatDoesNotEndNeedsCheckpoints() {
    session.createTable("log", "k STRING, v STRING", LIST);
    createEndlessSource();

    assertThatThrownBy(() -> session.run("INSERT INTO log SELECT * FROM endless"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContainingAll(
            "Table default_catalog.default_database.log: with 'sink.delivery-guarantee' =",
            "this job makes none, although its input does not end",
            "Set 'execution.checkpointing.interval'",
            "or choose 'at-least-once'");
  }

  @Test
  void inputThatDoesNotEndIsAppendedAtCheckpoints() throws Exception {
    session.createTable("log", "k STRING, v STRING", LIST);
    createEndlessSource();
    session.tableEnvironment().getConfig().set("execution.checkpointing.interval", "100 ms");

    awaitRows();
  }

  @Test
  void atLeastOnceAppendsAtOnceWithoutCheckpoints() throws Exception {
    session.createTable(
        "log", "k STRING, v STRING", LIST, "'sink.delivery-guarantee' = 'at-least-once'");
    createEndlessSource();

    awaitRows();

    assertThat(REDIS.commands().keys("headrace:*")).isEmpty();
  }

  private void awaitRows() throws Exception {
    JobClient job =
        session
            .tableEnvironment()
            .executeSql("INSERT INTO log SELECT * FROM endless")
            .getJobClient()
            .orElseThrow();
    try {
      REDIS.await(() -> !REDIS.commands().keys("log:*").isEmpty());
    } finally {
      job.cancel().get();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          hash | 'sink.delivery-guarantee' = 'exactly-once'  | replaces itself, so the contents are exact as it is. Write 'at-least-once', or leave it out
          hash | 'sink.delivery-guarantee' = 'none'          | no row is ever given up here. Write 'at-least-once', or leave it out
          list | 'sink.delivery-guarantee' = 'none'          | Write 'at-least-once' or 'exactly-once', or leave it out
          hash | 'sink.staging-ttl' = '1 h'                  | option 'sink.staging-ttl': it means nothing where rows are written at once
          list | 'sink.delivery-guarantee' = 'at-least-once', 'sink.lost-staged-rows' = 'skip' | option 'sink.lost-staged-rows': it means nothing
          list | 'sink.staging-ttl' = '0 s'                  | it is 0 ms, which is not above zero
          """)
  void wrongOptionIsNamed(String structure, String option, String message) {
    boolean list = structure.equals("list");
    session.createTable(
        "item",
        "id STRING, a STRING" + (list ? "" : ", PRIMARY KEY (id) NOT ENFORCED"),
        "'structure' = '" + structure + "', 'key' = 'item:<id>'",
        option);

    assertThatThrownBy(() -> session.run("INSERT INTO item VALUES ('i', 'a')"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains("Table default_catalog.default_database.item", message));
  }
}
