package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.server.RedisCluster;
import io.headrace.flink.redis.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each command goes to the node of its key, wherever its slot is, in order. */
@Timeout(120)
class ClusterPipelineTest {

  @RegisterExtension static final RedisCluster REDIS = RedisCluster.builder().replicas().build();

  @RegisterExtension static final RedisServer OUTSIDE = new RedisServer();

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final RedisScript SCRIPT =
      new RedisScript("return redis.call('SET', KEYS[1], ARGV[1])");

  private RedisPipeline pipeline;

  @BeforeEach
  void open() throws IOException {
    pipeline = RedisPipeline.open(Targets.of(REDIS.url()), List.of(SCRIPT));
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private List<PipelineFailure> failures(PipelineCommand... commands) throws Exception {
    return pipeline.send(List.of(commands)).await(PATIENCE);
  }

  private static int otherShard(String key) {
    return (REDIS.shard(REDIS.slot(key)) + 1) % RedisCluster.SHARDS;
  }

  @Test
  void keysAreSpread() throws Exception {
    List<PipelineCommand> commands = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      commands.add(command("SET", "k" + i, "" + i));
      commands.add(command("GET", "k" + i).keepingReply());
      commands.add(PipelineCommand.script(SCRIPT, bytes("s" + i), bytes("" + i)));
    }
    PipelineAnswers answers = pipeline.send(commands, 1);

    assertThat(answers.await(PATIENCE)).isEmpty();
    assertThat(pipeline.nodes()).isEqualTo(3);
    for (int i = 0; i < 1_000; i++) {
      assertThat(answers.reply(3 * i + 1)).isEqualTo(bytes("" + i));
    }
    for (int shard = 0; shard < RedisCluster.SHARDS; shard++) {
      assertThat(REDIS.commands(shard).dbsize()).isPositive();
    }
    assertThat(REDIS.commands().get("s999")).isEqualTo("999");
  }

  @Test
  void transactionsOfSeveralNodesDoNotMix() throws Exception {
    List<PipelineCommand> commands = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] key = bytes("k" + i);
      commands.add(PipelineCommand.multi(key));
      commands.add(command("HSET", "k" + i, "a", "1"));
      commands.add(command("HDEL", "k" + i, "b"));
      commands.add(PipelineCommand.exec(key).keepingReply());
    }
    PipelineAnswers answers = pipeline.send(commands);

    assertThat(answers.await(PATIENCE)).isEmpty();
    for (int i = 0; i < 300; i++) {
      assertThat(answers.reply(4 * i + 3)).isEqualTo(List.of(1L, 0L));
    }
  }

  @Test
  void movedSlotIsFollowed() throws Exception {
    assertThat(failures(command("SET", "k", "1"))).isEmpty();
    REDIS.moveSlot(REDIS.slot("k"), otherShard("k"));

    List<PipelineFailure> failures = failures(command("SET", "k", "2"));
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).kind()).isEqualTo(Kind.MOVED);
    pipeline.recover(failures, PATIENCE);
    assertThat(failures(command("SET", "k", "2"))).isEmpty();

    assertThat(REDIS.commands().get("k")).isEqualTo("2");
  }

  @Test
  void movingSlotIsFollowedKeyByKey() throws Exception {
    int slot = REDIS.slot("k");
    int to = otherShard("k");
    String there = "{k}there";
    assertThat(failures(command("HSET", "k", "f", "1"))).isEmpty();
    REDIS.beginMove(slot, to);

    assertThat(failures(command("HSET", "k", "f", "2"))).isEmpty();
    List<PipelineFailure> failures = failures(command("HSET", there, "f", "1"));
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).kind()).isEqualTo(Kind.ASK);
    pipeline.recover(failures, PATIENCE);
    byte[] key = bytes(there);
    assertThat(
            failures(
                command("HSET", there, "f", "1"),
                command("HSET", "k", "f", "3"),
                PipelineCommand.multi(key),
                command("HSET", there, "f", "2"),
                command("PEXPIRE", there, "100000"),
                PipelineCommand.exec(key)))
        .isEmpty();
    REDIS.moveKeys(slot, to);
    pipeline.recover(failures(command("HSET", "k", "f", "4")), PATIENCE);
    assertThat(failures(command("HSET", "k", "f", "4"))).isEmpty();
    REDIS.endMove(slot, to);
    assertThat(failures(command("HSET", there, "f", "3"), command("HSET", "k", "f", "5")))
        .isEmpty();

    assertThat(REDIS.commands(to).hget("k", "f")).isEqualTo("5");
    assertThat(REDIS.commands(to).hget(there, "f")).isEqualTo("3");
    assertThat(REDIS.commands(to).pttl(there)).isPositive();
  }

  @Test
  void moveThatIsTakenBackIsFollowedBack() throws Exception {
    int slot = REDIS.slot("k");
    int home = REDIS.shard(slot);
    REDIS.beginMove(slot, otherShard("k"));
    pipeline.recover(failures(command("SET", "k", "1")), PATIENCE);
    assertThat(failures(command("SET", "k", "1"))).isEmpty();
    for (int shard = 0; shard < RedisCluster.SHARDS; shard++) {
      REDIS.commands(shard).clusterSetSlotStable(slot);
    }

    List<PipelineFailure> failures = failures(command("SET", "k", "2"));
    assertThat(failures.get(0).kind()).isEqualTo(Kind.MOVED);
    pipeline.recover(failures, PATIENCE);
    assertThat(failures(command("SET", "k", "2"))).isEmpty();
    assertThat(REDIS.commands(home).get("k")).isEqualTo("2");
  }

  @Test
  void orderIsKeptWhileSlotsMove() throws Exception {
    ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
    int[] slots = {REDIS.slot("k0"), REDIS.slot("k1"), REDIS.slot("k2")};
    for (int i = 0; i < 600; i++) {
      int slot = slots[i % 3];
      switch (i % 60) {
        case 10, 11, 12 -> REDIS.beginMove(slot, (REDIS.shard(slot) + 1) % RedisCluster.SHARDS);
        case 22, 23, 24 -> REDIS.moveKeys(slot, (REDIS.shard(slot) + 1) % RedisCluster.SHARDS);
        case 34, 35, 36 -> REDIS.endMove(slot, (REDIS.shard(slot) + 1) % RedisCluster.SHARDS);
        default -> {}
      }
      sink.send(
          command("HSET", "k0", "f", "" + i),
          command("HSET", "k1", "f", "" + i),
          command("HSET", "{k1}" + i, "f", "" + i),
          command("HSET", "k2", "f", "" + i, "f" + i, "1"));
    }
    sink.flush();

    assertThat(sink.recoveries()).isPositive();
    for (String key : List.of("k0", "k1", "k2", "{k1}599")) {
      assertThat(REDIS.commands().hget(key, "f")).isEqualTo("599");
    }
    assertThat(REDIS.commands().hlen("k2")).isEqualTo(601);
    for (int i = 0; i < 600; i++) {
      assertThat(REDIS.commands().hget("{k1}" + i, "f")).isEqualTo("" + i);
    }
  }

  @Test
  void failoverInMidSend() throws Exception {
    ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
    write(sink, 0, 300);
    REDIS.failover(0);
    write(sink, 300, 600);
    sink.flush();

    assertThat(sink.recoveries()).isPositive();
    for (int i = 0; i < 600; i++) {
      assertThat(REDIS.commands().hget("k" + i, "f")).isEqualTo("" + i);
    }
  }

  @Test
  void primaryDiesInMidSend() throws Exception {
    ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
    write(sink, 0, 300);
    REDIS.killPrimary(1);
    write(sink, 300, 600);
    sink.flush();

    assertThat(sink.recoveries()).isPositive();
    assertThat(pipeline.nodes()).isEqualTo(3);
    REDIS.awaitFailover(1);
    for (int i = 300; i < 600; i++) {
      assertThat(REDIS.commands().hget("k" + i, "f")).isEqualTo("" + i);
    }
  }

  private static void write(ResendingSink sink, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      sink.send(command("HSET", "k" + i, "f", "" + i));
    }
  }

  @Test
  void killedConnectionsAreReplaced() throws Exception {
    ResendingSink sink = new ResendingSink(pipeline, TIMEOUT);
    for (int i = 0; i < 300; i++) {
      if (i % 50 == 25) {
        REDIS.killOtherClients(i / 50 % RedisCluster.SHARDS);
      }
      write(sink, i, i + 1);
    }
    sink.flush();

    assertThat(sink.recoveries()).isPositive();
    for (int i = 0; i < 300; i++) {
      assertThat(REDIS.commands().hget("k" + i, "f")).isEqualTo("" + i);
    }
  }

  @Test
  void readerFindsAllNodes() throws Exception {
    for (int i = 0; i < 500; i++) {
      REDIS.commands().set("k" + i, "" + i);
    }
    try (RedisReader reader = RedisReader.open(Targets.of(REDIS.url()))) {
      for (int i = 0; i < 500; i += 50) {
        assertThat(reader.async().get(bytes("k" + i)).get()).isEqualTo(bytes("" + i));
      }
      REDIS.moveSlot(REDIS.slot("k7"), otherShard("k7"));
      assertThat(reader.async().get(bytes("k7")).get()).isEqualTo(bytes("7"));
      assertThat(reader.primaries()).hasSize(3);
      Set<String> keys = Readers.scan(reader, "k*");
      assertThat(keys).hasSize(500).contains("k0", "k7", "k499");
    }
  }

  @Test
  void serverOutsideAClusterIsTold() {
    String url = OUTSIDE.url().replace("redis:", "redis-cluster:");

    assertThatThrownBy(() -> RedisPipeline.open(Targets.of(url), List.of()))
        .hasMessageContaining("cluster support disabled")
        .hasMessageContaining("'redis://");
    assertThatThrownBy(() -> RedisReader.open(Targets.of(url)))
        .hasMessageContaining("cluster support disabled");
  }

  @Test
  void nodeOfAClusterInTheUrlOfOneServerIsTold() throws Exception {
    String url = "redis://127.0.0.1:" + REDIS.port((REDIS.shard(REDIS.slot("k")) + 1) % 3);
    try (RedisPipeline single = RedisPipeline.open(Targets.of(url), List.of())) {
      List<PipelineFailure> failures =
          single.send(List.of(command("SET", "k", "v"))).await(PATIENCE);

      assertThatThrownBy(() -> single.recover(failures, PATIENCE))
          .hasMessageContaining("key 'k', command SET")
          .hasMessageContaining("let the option 'url' begin with 'redis-cluster://'");
    }
  }
}
