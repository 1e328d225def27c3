package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.flink.redis.server.Await;
import io.headrace.flink.redis.server.RedisSentinel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The primary that the Sentinels name is written to, whichever it is. */
@Timeout(300)
class SentinelPipelineTest {

  @RegisterExtension
  static final RedisSentinel REDIS =
      RedisSentinel.builder()
          .sentinels(3)
          .password("servers-secret")
          .sentinelPassword("sentinels-secret")
          .build();

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private RedisTarget target;

  @BeforeEach
  void target() throws IOException {
    target = target(REDIS.url(), "sentinels-secret");
  }

  private RedisTarget target(String url, String sentinelPassword) throws IOException {
    return new RedisTarget(
        "c.d.item",
        RedisAddress.parse(url),
        credentials("servers", "servers-secret"),
        credentials("sentinels", sentinelPassword),
        Tls.DEFAULT,
        TIMEOUT,
        TIMEOUT);
  }

  private Credentials credentials(String name, String password) throws IOException {
    return new Credentials(
        null, Files.writeString(folder.resolve(name), password).toString(), null);
  }

  /** Each key's last write has to win, also over the failover. */
  private void write(ResendingSink sink, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      sink.send(command("HSET", "k" + i % 10, "f", "" + i), command("HSET", "all", "f" + i, "1"));
    }
  }

  private void assertWritten(int to) {
    for (int i = to - 10; i < to; i++) {
      assertThat(REDIS.commands().hget("k" + i % 10, "f")).isEqualTo("" + i);
    }
  }

  /** The old primary takes writes until it learns of the new one; WAIT is what notices. */
  @Test
  void nothingAcknowledgedIsLostInAFailover() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      ResendingSink sink = new ResendingSink(pipeline, TIMEOUT, 1);
      CompletableFuture<Void> failover = CompletableFuture.runAsync(REDIS::failover);
      int written = 0;
      while (!failover.isDone() || written < 100) {
        write(sink, written, written + 10);
        written += 10;
      }
      failover.get();
      write(sink, written, written + 100);
      written += 100;
      sink.flush();

      assertThat(sink.recoveries()).isPositive();
      assertThat(REDIS.commands().hlen("all")).isEqualTo(written);
      assertWritten(written);
    }
  }

  @Test
  void primaryDiesInMidSend() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
      int before = REDIS.primaryPort();
      write(sink, 0, 500);
      REDIS.killPrimary();
      write(sink, 500, 1_000);
      sink.flush();

      assertThat(REDIS.primaryPort()).isNotEqualTo(before);
      assertThat(sink.recoveries()).isPositive();
      assertWritten(1_000);
    }
  }

  @Test
  void silentPrimaryIsLeftForItsSuccessor() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
      int before = REDIS.primaryPort();
      write(sink, 0, 100);
      sink.flush();
      REDIS.freezePrimary();
      write(sink, 100, 200);
      sink.flush();

      assertThat(REDIS.primaryPort()).isNotEqualTo(before);
      assertWritten(200);
    }
  }

  @Test
  void replicasAcknowledge() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      assertThat(pipeline.send(List.of(command("SET", "k", "v")), 1).await(TIMEOUT)).isEmpty();
    }
  }

  @Test
  void readerFollowsAFailover() throws Exception {
    REDIS.commands().set("k", "v");
    REDIS.awaitReplicas();
    try (RedisReader reader = RedisReader.open(target)) {
      REDIS.failover();
      REDIS.commands().set("k", "w");

      Readers.awaitValue(reader, "k", "w");
    }
  }

  @Test
  void unknownNameIsTold() throws Exception {
    String url = REDIS.url().replace(RedisSentinel.MASTER_NAME, "other");
    RedisTarget unknown = target(url, "sentinels-secret");

    assertThatThrownBy(() -> RedisPipeline.open(unknown, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:")
        .hasMessageContaining("knows no master 'other'")
        .hasMessageContaining("after the '#'");
    assertThatThrownBy(() -> RedisReader.open(unknown)).hasMessageContaining("masterId other");
  }

  @Test
  void wrongPasswordOfTheSentinelsIsTold() throws Exception {
    RedisTarget wrong = target(REDIS.url(), "guessed");

    assertThatThrownBy(() -> RedisPipeline.open(wrong, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("WRONGPASS");
    // Lettuce may see the connection end before it has read why; whoever tries again is told.
    Await.until(
        "the reader is told",
        () -> catchThrowable(() -> RedisReader.open(wrong)).getMessage().contains("WRONGPASS"));
  }
}
