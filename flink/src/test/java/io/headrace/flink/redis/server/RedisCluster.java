package io.headrace.flink.redis.server;

import io.lettuce.core.KillArgs;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis Cluster of three shards, for a test class: a primary each, which may have a replica.
 * Before each test all nodes are up, empty, in their first roles, and each shard has the third of
 * the slots that it had in the beginning.
 */
public final class RedisCluster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  /** Shards are numbered from 0. */
  public static final int SHARDS = 3;

  private static final long MIGRATE_TIMEOUT_MILLIS = 5_000;

  private static final Duration FAILOVER_RETRY = Duration.ofSeconds(2);

  private final Settings settings;

  /** By shard. */
  private final List<RedisProcess> primaries;

  /** By shard; empty if there are none. */
  private final List<RedisProcess> replicas;

  /** Shards of slots that a test has moved, or begun to. */
  private final Map<Integer, Integer> movedSlots = new HashMap<>();

  private TestClient client;
  private ClusterTestClient clusterClient;

  private RedisCluster(Builder builder) {
    settings = builder.settings;
    primaries = processes(SHARDS);
    replicas = processes(builder.withReplicas ? SHARDS : 0);
  }

  private List<RedisProcess> processes(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> new RedisProcess(settings.arguments(), "Ready to accept connections"))
        .toList();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** By default without replicas, passwords or TLS. */
  public static final class Builder {

    private final Settings settings = new Settings();
    private boolean withReplicas;

    private Builder() {
      settings.add("--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0");
      settings.add("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
    }

    /** One for each primary. */
    public Builder replicas() {
      withReplicas = true;
      return this;
    }

    /** The default user's, on all nodes. */
    public Builder password(String password) {
      settings.password(password);
      return this;
    }

    /** TLS only. */
    public Builder tls(TestCertificates certificates) {
      settings.tls(certificates, certificates.server(), false);
      return this;
    }

    public RedisCluster build() {
      return new RedisCluster(this);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    client = new TestClient(settings);
    startDead();
    for (int shard = 0; shard < SHARDS; shard++) {
      RedisCommands<String, String> primary = commands(shard);
      primary.clusterSetConfigEpoch(shard + 1L);
      primary.clusterAddSlots(
          IntStream.range(0, SlotHash.SLOT_COUNT).filter(isHome(shard)).toArray());
    }
    for (RedisProcess node : all()) {
      commands(primaries.get(0)).clusterMeet("127.0.0.1", node.port());
    }
    awaitHealth();
    for (int shard = 0; shard < replicas.size(); shard++) {
      commands(replicas.get(shard)).clusterReplicate(nodeId(shard));
    }
    awaitHealth();
    awaitReplicas();
    clusterClient = new ClusterTestClient(settings, primaries.get(0).port());
  }

  private static IntPredicate isHome(int shard) {
    return slot -> home(slot) == shard;
  }

  private static int home(int slot) {
    return slot * SHARDS / SlotHash.SLOT_COUNT;
  }

  private List<RedisProcess> all() {
    return Stream.concat(primaries.stream(), replicas.stream()).toList();
  }

  private void startDead() throws IOException {
    for (RedisProcess node : all()) {
      if (!node.isAlive()) {
        node.start(settings.listen(node.port()));
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    startDead();
    awaitHealth();
    for (int shard = 0; shard < replicas.size(); shard++) {
      if (!isPrimary(primaries.get(shard))) {
        awaitReplicas();
        failOverTo(primaries.get(shard));
      }
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      commands(shard).flushall();
    }
    for (int slot : List.copyOf(movedSlots.keySet())) {
      for (int shard = 0; shard < SHARDS; shard++) {
        commands(shard).clusterSetSlotStable(slot);
      }
      moveSlot(slot, home(slot));
    }
    movedSlots.clear();
    awaitReplicas();
    clusterClient.refresh();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (clusterClient != null) {
      clusterClient.close();
    }
    client.close();
    for (RedisProcess node : all()) {
      node.delete();
    }
  }

  /** Without credentials, as the option of a table has it. */
  public String url() {
    return primaries.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", settings.scheme() + "-cluster://", ""));
  }

  /** Through a client that finds the node of each key. */
  public RedisAdvancedClusterCommands<String, String> commands() {
    return clusterClient.commands();
  }

  /** Of the node that was the primary of the shard in the beginning. */
  public RedisCommands<String, String> commands(int shard) {
    return commands(primaries.get(shard));
  }

  private RedisCommands<String, String> commands(RedisProcess node) {
    return client.commands(node.port());
  }

  /** Of the node that was the primary of the shard in the beginning. */
  public int port(int shard) {
    return primaries.get(shard).port();
  }

  public int slot(String key) {
    return SlotHash.getSlot(key);
  }

  /** The shard that has the slot now, as far as tests have moved it. */
  public int shard(int slot) {
    return movedSlots.getOrDefault(slot, home(slot));
  }

  private String nodeId(int shard) {
    return commands(shard).clusterMyId();
  }

  /** All connections of clients to the shard's primary, but the one that the tests look through. */
  public void killOtherClients(int shard) {
    commands(shard).clientKill(KillArgs.Builder.typeNormal().skipme());
  }

  /**
   * From here on the slot's shard answers ASK for keys that it does not have, and the other shard
   * takes those that come with ASKING.
   */
  public void beginMove(int slot, int toShard) {
    int from = shard(slot);
    commands(toShard).clusterSetSlotImporting(slot, nodeId(from));
    commands(from).clusterSetSlotMigrating(slot, nodeId(toShard));
    movedSlots.put(slot, from);
  }

  /** Moves the keys that are there. */
  public void moveKeys(int slot, int toShard) {
    RedisCommands<String, String> from = commands(shard(slot));
    while (true) {
      List<String> keys = from.clusterGetKeysInSlot(slot, 100);
      if (keys.isEmpty()) {
        return;
      }
      MigrateArgs<String> arguments = MigrateArgs.Builder.keys(keys);
      if (settings.password() != null) {
        arguments.auth(settings.password());
      }
      from.migrate("127.0.0.1", port(toShard), 0, MIGRATE_TIMEOUT_MILLIS, arguments);
    }
  }

  /** From here on the slot is the other shard's, which all nodes know when this returns. */
  public void endMove(int slot, int toShard) {
    String owner = nodeId(toShard);
    commands(toShard).clusterSetSlotNode(slot, owner);
    for (int shard = 0; shard < SHARDS; shard++) {
      commands(shard).clusterSetSlotNode(slot, owner);
    }
    movedSlots.put(slot, toShard);
    clusterClient.refresh();
  }

  /** Moves a slot with its keys. Nothing happens if it is there. */
  public void moveSlot(int slot, int toShard) {
    if (shard(slot) != toShard) {
      beginMove(slot, toShard);
      moveKeys(slot, toShard);
      endMove(slot, toShard);
    }
  }

  /** Kills the shard's first primary, as a crash does; its replica takes over some time later. */
  public void killPrimary(int shard) {
    primaries.get(shard).kill();
  }

  /** Returns when the replica of a killed primary has taken over, and all nodes know it. */
  public void awaitFailover(int shard) {
    Await.until(
        "the replica becomes the primary", () -> isPrimary(replicas.get(shard)) && isHealthy());
    clusterClient.refresh();
  }

  /** Makes the shard's replica its primary, without loss, and returns when all nodes know it. */
  public void failover(int shard) {
    failOverTo(replicas.get(shard));
  }

  /** Soon after another failover, Redis takes it back or does not begin: then asks again. */
  private void failOverTo(RedisProcess replica) {
    long[] askedNanos = {System.nanoTime() - FAILOVER_RETRY.toNanos()};
    Await.until(
        "the replica becomes the primary",
        () -> {
          if (isPrimary(replica)) {
            return isHealthy();
          }
          if (System.nanoTime() - askedNanos[0] >= FAILOVER_RETRY.toNanos()) {
            askedNanos[0] = System.nanoTime();
            commands(replica).clusterFailover(false);
          }
          return false;
        });
    clusterClient.refresh();
  }

  private boolean isPrimary(RedisProcess node) {
    return commands(node).info("replication").contains("role:master");
  }

  /** Returns when all living nodes see the same primaries serve all slots. */
  public void awaitHealth() {
    Await.until("the cluster is healthy", this::isHealthy);
  }

  private boolean isHealthy() {
    return ClusterHealth.isHealthy(
        all().stream().filter(RedisProcess::isAlive).map(this::commands).toList());
  }

  private void awaitReplicas() {
    for (RedisProcess replica : replicas) {
      Await.until(
          "the replicas are connected",
          () -> {
            String info = commands(replica).info("replication");
            return info.contains("role:master") || info.contains("master_link_status:up");
          });
    }
  }
}
