package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fails in Redis fails the writer, with the table, the key, the command and Redis' words. */
@Timeout(60)
class RedisFailureTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static Configs config() {
    return Configs.of(REDIS.url());
  }

  /** Gives up soon what might help when tried again. */
  private static Configs impatient() {
    return config().with(SinkOptions.RETRY_TIMEOUT, Duration.ofMillis(500));
  }

  @AfterEach
  void unlimited() {
    REDIS.commands().configSet("maxmemory", "0");
  }

  @Test
  void wrongTypeFailsTheCheckpoint() throws Exception {
    REDIS.commands().set("item:i1", "a string");
    try (WriterFixture writer = new WriterFixture(config().build())) {
      writer.upsert("i0", "a0").upsert("i1", "a1");

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "Table c.d.item, key 'item:i1', command HSET: Redis at 127.0.0.1:")
          .hasMessageContaining("WRONGTYPE Operation against a key holding the wrong kind of value")
          .hasMessageContaining("delete the key, or choose another 'key'");
      assertThat(writer.metrics.getNumRecordsSendErrorsCounter().getCount()).isEqualTo(1);
    }
  }

  @Test
  void wrongTypeInATransactionFailsTheCheckpoint() throws Exception {
    REDIS.commands().set("item:i1", "a string");
    try (WriterFixture writer = new WriterFixture(config().build())) {
      writer.upsert("i1", null);

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("key 'item:i1', command HSET", "WRONGTYPE");
    }
  }

  @Test
  void lackOfMemoryFailsTheCheckpoint() throws Exception {
    try (WriterFixture writer = new WriterFixture(impatient().build())) {
      REDIS.commands().configSet("maxmemory", "1");
      writer.upsert("i1", "a1");

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("key 'item:i1', command HSET", "OOM command not allowed")
          .hasMessageContaining("more memory");
    }
  }

  @Test
  void lackOfMemoryInATransactionFailsTheCheckpoint() throws Exception {
    try (WriterFixture writer = new WriterFixture(impatient().build())) {
      REDIS.commands().configSet("maxmemory", "1");
      writer.upsert("i1", null);

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("key 'item:i1', command HSET", "OOM command not allowed");
    }
  }

  @Test
  void earlierErrorSurfacesAtALaterWriteAndStays() throws Exception {
    REDIS.commands().set("item:i1", "a string");
    SinkSettings config = config().with(SinkOptions.BUFFER_MAX_ROWS, 1).build();
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.upsert("i1", "a1");

      assertThatThrownBy(
              () -> {
                for (int i = 2; i < 1_000_000; i++) {
                  writer.upsert("i" + i, "a");
                }
              })
          .hasMessageContainingAll("key 'item:i1'", "WRONGTYPE");
      assertThatThrownBy(writer::checkpoint).hasMessageContainingAll("key 'item:i1'", "WRONGTYPE");
    }
  }

  @Test
  void silenceFailsTheCheckpointAfterTheTimeout() throws Exception {
    SinkSettings config =
        impatient().with(ConnectionOptions.COMMAND_TIMEOUT, Duration.ofMillis(200)).build();
    try (WriterFixture writer = new WriterFixture(config)) {
      REDIS.pauseWrites();
      writer.upsert("i1", "a1");

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("key 'item:i1', command HSET")
          .hasMessageContaining("has not answered within 200 ms")
          .hasMessageContaining("'command.timeout'");
    } finally {
      REDIS.unpause();
    }
  }

  @Test
  void restartOfRedisIsSurvived() throws Exception {
    try (WriterFixture writer = new WriterFixture(config().build())) {
      writer.upsert("i1", "a1").checkpoint();
      REDIS.stop();
      writer.upsert("i2", "a2");
      REDIS.start();
      writer.checkpoint();

      assertThat(REDIS.commands().hget("item:i2", "a")).isEqualTo("a2");
    }
  }

  @Test
  void rowsInFlightAreSentAgainInOrderAfterAKilledConnection() throws Exception {
    SinkSettings config = config().with(SinkOptions.BUFFER_MAX_ROWS, 1).build();
    try (WriterFixture writer = new WriterFixture(config)) {
      REDIS.pauseWrites();
      writer.upsert("i1", "first").upsert("i1", "second");
      REDIS.awaitBlockedClient();
      REDIS.killOtherClients();
      REDIS.unpause();
      writer.checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("second");
    }
  }

  @Test
  void connectionLostWhileIdleIsReplacedWithoutACheckpoint() throws Exception {
    try (WriterFixture writer = new WriterFixture(config().build())) {
      REDIS.killOtherClients();
      writer.upsert("i1", "a1");

      while (REDIS.commands().dbsize() == 0) {
        writer.timers.fire();
      }
      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("a1");
    }
  }

  @Test
  void timerFindsAnErrorWithoutAnotherRow() throws Exception {
    REDIS.commands().set("item:i1", "a string");
    try (WriterFixture writer = new WriterFixture(config().build())) {
      writer.upsert("i1", "a1");

      assertThatThrownBy(
              () -> {
                while (writer.timers.waiting() > 0) {
                  writer.timers.fire();
                }
              })
          .hasMessageContainingAll("key 'item:i1'", "WRONGTYPE");
    }
  }

  @Test
  void redisThatStaysAwayFailsTheCheckpoint() throws Exception {
    SinkSettings config =
        impatient().with(ConnectionOptions.COMMAND_TIMEOUT, Duration.ofMillis(300)).build();
    try (WriterFixture writer = new WriterFixture(config)) {
      REDIS.stop();
      writer.upsert("i1", "a1");

      assertThatThrownBy(writer::checkpoint)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:" + REDIS.port())
          .hasMessageContaining("that Redis runs");
    } finally {
      REDIS.start();
    }
  }
}
