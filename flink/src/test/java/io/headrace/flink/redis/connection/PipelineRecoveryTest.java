package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong with one server is told, and repaired where that is possible. */
@Timeout(60)
class PipelineRecoveryTest {

  @RegisterExtension static final RedisServer REDIS = RedisServer.builder().appendOnly().build();

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final RedisScript SCRIPT =
      new RedisScript("return redis.call('SET', KEYS[1], ARGV[1])");

  private RedisPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    pipeline = RedisPipeline.open(Targets.of(REDIS.url()), List.of(SCRIPT));
  }

  @AfterEach
  void close() {
    pipeline.close();
    REDIS.unpause();
    REDIS.commands().configSet("maxmemory", "0");
    REDIS.commands().replicaofNoOne();
  }

  private List<PipelineFailure> failures(PipelineCommand... commands) throws Exception {
    return pipeline.send(List.of(commands)).await(PATIENCE);
  }

  private List<PipelineFailure> only(Kind kind, List<PipelineFailure> failures) {
    assertThat(failures).isNotEmpty().allMatch(failure -> failure.kind() == kind);
    return failures;
  }

  @Test
  void killedConnectionIsReplaced() throws Exception {
    REDIS.pauseWrites();
    PipelineAnswers first = pipeline.send(List.of(command("SET", "k", "1")));
    PipelineAnswers second = pipeline.send(List.of(command("SET", "k", "2")));
    REDIS.awaitBlockedClient();
    REDIS.killOtherClients();
    REDIS.unpause();

    only(Kind.CONNECTION_LOST, second.await(PATIENCE));
    pipeline.recover(only(Kind.CONNECTION_LOST, first.await(PATIENCE)), PATIENCE);

    assertThat(failures(command("SET", "k", "1"), command("SET", "k", "2"))).isEmpty();
    assertThat(REDIS.commands().get("k")).isEqualTo("2");
  }

  @Test
  void transactionThatAReplicaDiscardsCanBeSentAgain() throws Exception {
    failures(PipelineCommand.multi(bytes("k")), command("HSET", "k", "f", "v"));
    REDIS.commands().replicaof("127.0.0.1", REDIS.port());
    List<PipelineFailure> failures = failures(PipelineCommand.exec(bytes("k")));

    only(Kind.READONLY, failures);
    assertThat(failures.get(0).words()).startsWith("EXECABORT");
    assertThat(RedisErrors.failed(Targets.of(REDIS.url()), failures.get(0)))
        .hasMessageContaining("This is a replica");
  }

  @Test
  void whoWaitsForReplicasOfANewReplicaCanSendAgain() throws Exception {
    PipelineAnswers answers = pipeline.send(List.of(command("SET", "k", "v")), 1);
    REDIS.awaitBlockedClient();
    REDIS.commands().replicaof("127.0.0.1", REDIS.port());
    List<PipelineFailure> failures = answers.await(PATIENCE);

    only(Kind.READONLY, failures);
    assertThat(failures.get(0).words()).startsWith("UNBLOCKED");
  }

  @Test
  void whoAsksANewReplicaToWaitCanSendAgain() throws Exception {
    REDIS.commands().replicaof("127.0.0.1", REDIS.port());

    only(Kind.READONLY, pipeline.send(List.of(command("EXISTS", "k")), 1).await(PATIENCE));
  }

  @Test
  void whatAPredecessorSentIsNotDoneAnyMore() throws Exception {
    RedisTarget target = Targets.of(REDIS.url());
    try (RedisPipeline predecessor = RedisPipeline.open(target, List.of(), "job/1");
        RedisPipeline other = RedisPipeline.open(target, List.of(), "job/2")) {
      REDIS.pauseWrites();
      PipelineAnswers late = predecessor.send(List.of(command("SET", "k", "1")));
      PipelineAnswers others = other.send(List.of(command("SET", "l", "1")));
      REDIS.awaitBlockedClient();
      try (RedisPipeline successor = RedisPipeline.open(target, List.of(), "job/1")) {
        REDIS.unpause();

        only(Kind.CONNECTION_LOST, late.await(PATIENCE));
        assertThat(others.await(PATIENCE)).isEmpty();
        assertThat(successor.send(List.of(command("INCR", "k"))).await(PATIENCE)).isEmpty();
      }
    }
    assertThat(REDIS.commands().get("k")).isEqualTo("1");
    assertThat(REDIS.commands().get("l")).isEqualTo("1");
  }

  @Test
  void sendingOverALostConnectionFails() throws Exception {
    REDIS.killOtherClients();
    REDIS.await(() -> lost(command("SET", "k", "1")));

    only(Kind.CONNECTION_LOST, failures(command("SET", "k", "1")));
  }

  private boolean lost(PipelineCommand command) {
    try {
      return !failures(command).isEmpty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pausedServerIsWaitedFor() throws Exception {
    REDIS.pauseWrites();
    List<PipelineFailure> failures =
        pipeline
            .send(List.of(command("RPUSH", "k", "old"), command("RPUSH", "k", "older")))
            .await(SHORT);

    only(Kind.TIMEOUT, failures);
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).words()).isEqualTo("not answered within 200 ms");
    pipeline.recover(failures, PATIENCE);
    PipelineAnswers again = pipeline.send(List.of(command("RPUSH", "k", "new")));
    REDIS.unpause();

    assertThat(again.await(PATIENCE)).isEmpty();
    assertThat(REDIS.commands().lrange("k", 0, -1)).containsExactly("new");
  }

  /** A server that was frozen has much to read, and reads of all connections in turn. */
  @Test
  void whatAConnectionHasSentIsNeverDoneAfterItsSuccessors() throws Exception {
    List<PipelineCommand> old = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      old.add(command("RPUSH", "k", "old"));
    }
    REDIS.freeze();
    List<PipelineFailure> failures = pipeline.send(old).await(SHORT);
    REDIS.thaw();
    pipeline.recover(only(Kind.TIMEOUT, failures), PATIENCE);
    assertThat(failures(command("RPUSH", "k", "new"))).isEmpty();
    REDIS.await(() -> REDIS.clients("headrace-c.d.item") == 1);

    assertThat(REDIS.commands().lindex("k", -1)).isEqualTo("new");
    assertThat(REDIS.commands().llen("k")).isLessThan(200_000);
  }

  @Test
  void crashAndRestartLoseNothing() throws Exception {
    ResendingSink sink = new ResendingSink(pipeline, Duration.ofSeconds(1));
    for (int i = 0; i < 1_000; i++) {
      if (i == 500) {
        REDIS.kill();
        REDIS.start();
      }
      sink.send(command("HSET", "k" + i % 10, "f", "" + i), command("HSET", "all", "f" + i, "1"));
    }
    sink.flush();

    assertThat(sink.recoveries()).isPositive();
    assertThat(REDIS.commands().hlen("all")).isEqualTo(1_000);
    for (int i = 990; i < 1_000; i++) {
      assertThat(REDIS.commands().hget("k" + i % 10, "f")).isEqualTo("" + i);
    }
  }

  @Test
  void scriptsThatWereFlushedAreLoadedAgain() throws Exception {
    REDIS.commands().scriptFlush();
    PipelineCommand command = PipelineCommand.script(SCRIPT, bytes("k"), bytes("v"));

    pipeline.recover(only(Kind.NO_SCRIPT, failures(command)), PATIENCE);

    assertThat(failures(command)).isEmpty();
    assertThat(REDIS.commands().get("k")).isEqualTo("v");
  }

  @Test
  void lackOfMemoryMayPass() throws Exception {
    REDIS.commands().configSet("maxmemory", "1");
    List<PipelineFailure> failures = only(Kind.OUT_OF_MEMORY, failures(command("SET", "k", "v")));
    REDIS.commands().configSet("maxmemory", "0");
    pipeline.recover(failures, PATIENCE);

    assertThat(failures(command("SET", "k", "v"))).isEmpty();
  }

  @Test
  void patienceEndsWithWhatRedisSaid() throws Exception {
    REDIS.commands().configSet("maxmemory", "1");
    List<PipelineFailure> failures = failures(command("SET", "k", "v"));

    assertThatThrownBy(
            () -> {
              while (true) {
                pipeline.recover(failures, SHORT);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Table c.d.item, key 'k', command SET: Redis at 127.0.0.1:" + REDIS.port())
        .hasMessageContaining("answered 'OOM command not allowed")
        .hasMessageContaining("more memory");
  }

  @Test
  void timeoutIsToldWhenPatienceEnds() throws Exception {
    REDIS.pauseWrites();
    List<PipelineFailure> failures = pipeline.send(List.of(command("SET", "k", "v"))).await(SHORT);

    assertThatThrownBy(() -> pipeline.recover(failures, Duration.ZERO))
        .hasMessageStartingWith("Table c.d.item, key 'k', command SET: Redis at 127.0.0.1:")
        .hasMessageContaining("has not answered within 10000 ms")
        .hasMessageContaining("'command.timeout'");
  }

  @Test
  void serverThatStaysAwayIsToldWhenPatienceEnds() throws Exception {
    REDIS.stop();
    try {
      List<PipelineFailure> failures = failures(command("SET", "k", "v"));

      assertThatThrownBy(() -> pipeline.recover(failures, SHORT))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:" + REDIS.port())
          .hasMessageContaining("Connection refused")
          .hasMessageContaining("that Redis runs");
    } finally {
      REDIS.start();
    }
  }

  @Test
  void refusedCommandIsNotTriedAgain() throws Exception {
    REDIS.commands().set("k", "text");
    List<PipelineFailure> failures = failures(command("HSET", "k", "f", "v"));

    assertThatThrownBy(() -> pipeline.recover(failures, PATIENCE))
        .hasMessageContaining("key 'k', command HSET")
        .hasMessageContaining("WRONGTYPE")
        .hasMessageContaining("delete the key, or choose another 'key'");
  }

  @Test
  void replicaThatBecomesThePrimaryAgainIsWrittenTo() throws Exception {
    REDIS.commands().replicaof("127.0.0.1", 1);
    List<PipelineFailure> failures = only(Kind.READONLY, failures(command("SET", "k", "v")));
    REDIS.commands().replicaofNoOne();
    pipeline.recover(failures, PATIENCE);

    assertThat(failures(command("SET", "k", "v"))).isEmpty();
  }

  @Test
  void fewerReplicasThanWanted() throws Exception {
    RedisTarget quick =
        new RedisTarget(
            "c.d.item",
            RedisAddress.parse(REDIS.url()),
            Credentials.NONE,
            null,
            Tls.DEFAULT,
            SHORT,
            PATIENCE);
    try (RedisPipeline waiting = RedisPipeline.open(quick, List.of())) {
      List<PipelineFailure> failures =
          waiting.send(List.of(command("SET", "k", "v")), 1).await(PATIENCE);

      assertThat(failures).hasSize(1);
      assertThat(failures.get(0).kind()).isEqualTo(Kind.NOT_REPLICATED);
      assertThat(failures.get(0).command().name()).isEqualTo("WAIT");
      assertThat(failures.get(0).words()).contains("by 0 of 1 replicas");
    }
  }

  @Test
  void clientsAreRecognised() {
    assertThat(REDIS.commands().clientList()).contains("name=headrace-c.d.item");
  }
}
