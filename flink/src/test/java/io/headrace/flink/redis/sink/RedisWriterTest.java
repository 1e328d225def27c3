package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.structure.StructureOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When rows go to Redis, and what a checkpoint waits for. */
@Timeout(60)
class RedisWriterTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static WriterFixture writer(int maxRows) throws Exception {
    return new WriterFixture(
        Configs.of(REDIS.url()).with(SinkOptions.BUFFER_MAX_ROWS, maxRows).build());
  }

  @Test
  void checkpointReturnsOnlyWhenRedisHasAnswered() throws Exception {
    try (WriterFixture writer = writer(500)) {
      REDIS.pauseWrites();
      CompletableFuture<Void> checkpoint =
          CompletableFuture.runAsync(
              () -> {
                try {
                  writer.upsert("i1", "a1").checkpoint();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      REDIS.awaitBlockedClient();

      assertThat(checkpoint).as("Redis holds the row back").isNotDone();
      REDIS.unpause();
      checkpoint.join();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("a1");
    }
  }

  @Test
  void checkpointWithoutRowsIsNothing() throws Exception {
    try (WriterFixture writer = writer(500)) {
      writer.checkpoint();
      assertThat(REDIS.commands().dbsize()).isZero();
    }
  }

  @Test
  void fullBufferIsSentWithoutATimer() throws Exception {
    try (WriterFixture writer = writer(2)) {
      writer.upsert("i1", "a1").upsert("i2", "a2");
      REDIS.await(() -> REDIS.commands().dbsize() == 2);
    }
  }

  @Test
  void timerSendsWhatIsThere() throws Exception {
    try (WriterFixture writer = writer(500)) {
      writer.upsert("i1", "a1").upsert("i2", "a2");
      assertThat(writer.timers.waiting()).as("one timer for many rows").isEqualTo(1);
      assertThat(writer.timers.lastTimestamp()).isEqualTo(ManualTimers.NOW + 5);

      writer.timers.fire();
      REDIS.await(() -> REDIS.commands().dbsize() == 2);

      writer.upsert("i3", "a3");
      assertThat(writer.timers.waiting()).as("the next row sets the next timer").isEqualTo(1);
    }
  }

  @Test
  void timersEndWhenAllIsAnswered() throws Exception {
    try (WriterFixture writer = writer(500)) {
      writer.upsert("i1", "a1").checkpoint();
      while (writer.timers.waiting() > 0) {
        writer.timers.fire();
      }
      assertThat(writer.metrics.getNumRecordsSendCounter().getCount()).isEqualTo(1);
    }
  }

  @Test
  void timerAfterCloseDoesNothing() throws Exception {
    WriterFixture writer = writer(500);
    writer.upsert("i1", "a1").close();
    writer.timers.fire();
    assertThat(REDIS.commands().dbsize()).isZero();
  }

  @Test
  void lastChangeOfAKeyIsTheOnlyOneSent() throws Exception {
    try (WriterFixture writer = writer(500)) {
      writer
          .upsert("i1", "old")
          .upsert("i1", "new")
          .upsert("i2", "old")
          .write(RowKind.DELETE, "i2", "old")
          .checkpoint();

      assertThat(REDIS.commands().keys("*")).containsExactly("item:i1");
      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("new");
      assertThat(writer.metrics.getNumRecordsSendCounter().getCount()).isEqualTo(2);
    }
  }

  @Test
  void updateNeverShowsTheRowAsDeleted() throws Exception {
    try (WriterFixture writer = writer(2)) {
      writer.upsert("i1", "old").checkpoint();
      // The buffer would be full between the two halves of the update of i1.
      writer
          .upsert("i2", "a2")
          .write(RowKind.UPDATE_BEFORE, "i1", "old")
          .write(RowKind.UPDATE_AFTER, "i1", "new")
          .checkpoint();

      assertThat(REDIS.commands().info("commandstats")).doesNotContain("cmdstat_unlink");
      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("new");
    }
  }

  @Test
  void orderIsKeptOverManySendings() throws Exception {
    try (WriterFixture writer = writer(1)) {
      for (int i = 0; i < 1_000; i++) {
        writer.upsert("i1", "a" + i);
      }
      writer.checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("a999");
      assertThat(writer.metrics.getNumRecordsSendCounter().getCount()).isEqualTo(1_000);
    }
  }

  @Test
  void nullsAndTtlAreOneTransaction() throws Exception {
    SinkSettings config =
        Configs.of(REDIS.url()).with(StructureOptions.TTL, Duration.ofHours(1)).build();
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.upsert("i1", "a1").checkpoint();
      writer.upsert("i1", null).checkpoint();

      assertThat(REDIS.commands().hgetall("item:i1")).containsOnly(entry("id", "i1"));
      assertThat(REDIS.commands().pttl("item:i1")).isPositive();
      assertThat(REDIS.commands().info("commandstats")).contains("cmdstat_exec:calls=1,");
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    String marker = "lettuce-";
    long before = threads(marker);
    writer(500).close();
    REDIS.await(() -> threads(marker) <= before);
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
