package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.sink.AppendTable.Request;
import io.headrace.flink.redis.sink.AppendTable.Writer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be appended is neither lost nor appended twice, and the message says what it is. */
@Timeout(60)
class StagedRowsFailureTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static AppendTable list() {
    return AppendTable.list(REDIS.url());
  }

  private static List<String> elements(String key) {
    return REDIS.commands().lrange("log:" + key, 0, -1);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> staged() {
    return REDIS.commands().keys("headrace:staged:*");
  }

  @Test
  void refusedKeyIsNamedAndTheRestIsAppendedOnceWhenItIsRepaired() throws Exception {
    AppendTable table = list();
    REDIS.commands().set("log:b", "no list");
    try (Writer writer = table.writer()) {
      List<StagedRows> staged =
          writer.write("a", 0, 10).write("b", 0, 10).write("c", 0, 10).checkpoint();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> table.commit(staged))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("Table c.d.log, key 'log:b', command RPUSH: Redis at 127.0.0.1")
            .hasMessageContaining("'WRONGTYPE Operation against a key holding the wrong kind of")
            .hasMessageNotContaining("#");
      }
      REDIS.commands().del("log:b");
      table.commit(staged);

      assertThat(elements("a")).isEqualTo(numbers(0, 10));
      assertThat(elements("b")).isEqualTo(numbers(0, 10));
      assertThat(elements("c")).isEqualTo(numbers(0, 10));
      assertThat(staged()).isEmpty();
    }
  }

  @Test
  void rowsThatExpiredAreNotTakenForAppendedOnes() throws Exception {
    AppendTable table = list().with(SinkOptions.STAGING_TTL, Duration.ofMillis(50));
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", 0, 10).checkpoint();
      REDIS.await(() -> staged().isEmpty());

      assertThatThrownBy(() -> table.commit(staged))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "Table c.d.log, key 'headrace:staged:{0}:" + staged.get(0).writer() + ":1': 10 rows")
          .hasMessageContainingAll(
              "(0 of 1 fields are left)",
              "'sink.staging-ttl' is 50 ms",
              "'sink.lost-staged-rows' = 'skip'");
    }
  }

  @Test
  void lostRowsAreSkippedAndCountedOnDemand() throws Exception {
    AppendTable table = list().with(SinkOptions.LOST_STAGED_ROWS, SinkOptions.LostRows.SKIP);
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", 0, 1500).checkpoint();
      REDIS.commands().del(new String(staged.get(0).key()));

      List<Request> requests = table.commit(staged);

      assertThat(requests.get(0).failure()).hasMessageContaining("1000 rows");
      assertThat(requests.get(1).failure()).isNull();
      assertThat(elements("a")).isEqualTo(numbers(1000, 1500));
    }
  }

  @Test
  void lackOfMemoryIsWaitedFor() throws Exception {
    AppendTable table = list();
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", 0, 10).checkpoint();
      REDIS.commands().configSet("maxmemory", "1");
      Thread repair =
          new Thread(
              () -> {
                REDIS.await(StagedRowsFailureTest::sawLackOfMemory);
                REDIS.commands().configSet("maxmemory", "0");
              });
      repair.start();
      table.commit(staged);
      repair.join();

      assertThat(elements("a")).isEqualTo(numbers(0, 10));
    } finally {
      REDIS.commands().configSet("maxmemory", "0");
    }
  }

  private static boolean sawLackOfMemory() {
    return REDIS.commands().info("errorstats").contains("errorstat_OOM");
  }
}
