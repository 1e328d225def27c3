package io.headrace.flink.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The servers that other tests rely on do what they say. */
@Timeout(300)
class FixturesTest {

  @RegisterExtension static final RedisServer DURABLE = RedisServer.builder().appendOnly().build();

  @RegisterExtension
  static final RedisSentinel SENTINEL = RedisSentinel.builder().replicas(2).sentinels(3).build();

  @RegisterExtension static final RedisCluster CLUSTER = RedisCluster.builder().replicas().build();

  @Test
  void killedServerHasWhatItAnswered() throws Exception {
    DURABLE.commands().set("k", "v");
    DURABLE.kill();
    DURABLE.start();

    assertThat(DURABLE.commands().get("k")).isEqualTo("v");
  }

  @RepeatedTest(2)
  void failoverKeepsWhatReplicasHave() {
    int before = SENTINEL.primaryPort();
    SENTINEL.commands().set("k", "v");
    SENTINEL.awaitReplicas();
    SENTINEL.failover();

    assertThat(SENTINEL.primaryPort()).isNotEqualTo(before);
    assertThat(SENTINEL.commands().get("k")).isEqualTo("v");
  }

  @Test
  void killedPrimaryIsReplaced() {
    int before = SENTINEL.primaryPort();
    SENTINEL.killPrimaryAndAwaitFailover();

    assertThat(SENTINEL.primaryPort()).isNotEqualTo(before);
  }

  @RepeatedTest(2)
  void slotMovesWithItsKeys() {
    int slot = CLUSTER.slot("k");
    int to = (CLUSTER.shard(slot) + 1) % RedisCluster.SHARDS;
    CLUSTER.commands().set("k", "v");
    CLUSTER.moveSlot(slot, to);

    assertThat(CLUSTER.shard(slot)).isEqualTo(to);
    assertThat(CLUSTER.commands(to).get("k")).isEqualTo("v");
    assertThat(CLUSTER.commands().get("k")).isEqualTo("v");
  }

  @RepeatedTest(2)
  void shardFailsOverAndIsBackForTheNextTest() {
    assertThat(CLUSTER.commands(0).info("replication")).contains("role:master");
    CLUSTER.failover(0);

    assertThat(CLUSTER.commands(0).info("replication")).contains("role:slave");
  }

  @Test
  void killedShardIsReplaced() {
    String key = "c";
    assertThat(CLUSTER.shard(CLUSTER.slot(key))).isEqualTo(1);
    CLUSTER.killPrimary(1);
    CLUSTER.awaitFailover(1);

    CLUSTER.commands().set(key, "v");
    assertThat(CLUSTER.commands().get(key)).isEqualTo("v");
  }
}
