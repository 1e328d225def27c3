package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reading from one server. */
@Timeout(60)
class RedisReaderTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static RedisTarget target(Duration commandTimeout) {
    return new RedisTarget(
        "c.d.item",
        RedisAddress.parse(REDIS.url()),
        Credentials.NONE,
        null,
        Tls.DEFAULT,
        commandTimeout,
        Duration.ofSeconds(10));
  }

  @Test
  void readsAndScans() throws Exception {
    REDIS.commands().hset("h", "f", "v");
    try (RedisReader reader = RedisReader.open(Targets.of(REDIS.url()))) {
      assertThat(reader.async().hget(bytes("h"), bytes("f")).get()).isEqualTo(bytes("v"));
      assertThat(reader.primaries()).hasSize(1);
      KeyScanCursor<byte[]> page =
          reader
              .scan(reader.primaries().get(0), ScanCursor.INITIAL, ScanArgs.Builder.matches("h*"))
              .toCompletableFuture()
              .get();
      assertThat(page.isFinished()).isTrue();
      assertThat(page.getKeys()).containsExactly(bytes("h"));
      assertThat(REDIS.commands().clientList()).contains("name=headrace-c.d.item");
    }
  }

  @Test
  void databaseOfTheUrl() throws Exception {
    REDIS.commands().select(3);
    REDIS.commands().set("k", "v");
    REDIS.commands().select(0);
    String url = REDIS.url().replaceFirst("0$", "3");
    try (RedisReader reader = RedisReader.open(Targets.of(url))) {
      assertThat(reader.async().get(bytes("k")).get()).isEqualTo(bytes("v"));
    }
  }

  @Test
  void lostConnectionIsReplaced() throws Exception {
    REDIS.commands().set("k", "v");
    try (RedisReader reader = RedisReader.open(Targets.of(REDIS.url()))) {
      REDIS.killOtherClients();

      Readers.awaitValue(reader, "k", "v");
    }
  }

  @Test
  void silenceEndsWithTheTimeout() throws Exception {
    RedisTarget target = target(Duration.ofMillis(200));
    try (RedisReader reader = RedisReader.open(target)) {
      REDIS.pauseWrites();
      Throwable failure = catchThrowable(() -> reader.async().set(bytes("k"), bytes("v")).get());

      assertThat(failure).isInstanceOf(ExecutionException.class);
      assertThat(RedisErrors.failed(target, "k", "SET", failure))
          .hasMessageStartingWith("Table c.d.item, key 'k', command SET: Redis at 127.0.0.1:")
          .hasMessageContaining("has not answered within 200 ms");
    } finally {
      REDIS.unpause();
    }
  }

  @Test
  void refusalIsPutIntoWords() throws Exception {
    REDIS.commands().set("k", "v");
    RedisTarget target = Targets.of(REDIS.url());
    try (RedisReader reader = RedisReader.open(target)) {
      Throwable failure = catchThrowable(() -> reader.async().hget(bytes("k"), bytes("f")).get());

      assertThat(RedisErrors.failed(target, "k", "HGET", failure))
          .hasMessageStartingWith("Table c.d.item, key 'k', command HGET: Redis at 127.0.0.1:")
          .hasMessageContaining("WRONGTYPE")
          .hasCause(failure);
    }
  }

  @Test
  void nobodyListens() {
    assertThatThrownBy(() -> RedisReader.open(Targets.of("redis://127.0.0.1:1")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:1: cannot connect")
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("Check the option 'url'");
  }

  @Test
  void databaseThatDoesNotExist() {
    String url = REDIS.url().replaceFirst("0$", "99");

    assertThatThrownBy(() -> RedisReader.open(Targets.of(url)))
        .hasMessageContaining("DB index is out of range")
        .hasMessageContaining("Check the option 'url'");
  }
}
