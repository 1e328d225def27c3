package io.headrace.flink.redis.server;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A primary, replicas, and Sentinels that watch over them, for a test class. Before each test all
 * are up, the replicas are connected, and the primary (whichever it is by now) is empty.
 */
public final class RedisSentinel
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  /** What the Sentinels call the primary. */
  public static final String MASTER_NAME = "mymaster";

  private static final String CONFIGURATION = "sentinel.conf";

  private final Settings settings;
  private final Settings sentinelSettings;
  private final List<RedisProcess> servers;
  private final List<RedisProcess> sentinels;
  private TestClient client;
  @Nullable private RedisProcess frozen;
  private RedisClient sentinelClient;
  private final List<StatefulRedisSentinelConnection<String, String>> sentinelConnections =
      new ArrayList<>();

  private RedisSentinel(Builder builder) {
    settings = builder.settings;
    sentinelSettings = builder.sentinelSettings;
    servers =
        IntStream.rangeClosed(0, builder.replicas)
            .mapToObj(i -> new RedisProcess(settings.arguments(), "Ready to accept connections"))
            .toList();
    sentinels =
        IntStream.range(0, builder.sentinels)
            .mapToObj(
                i -> new RedisProcess(List.of(CONFIGURATION, "--sentinel"), "+monitor master"))
            .toList();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** By default one replica and one Sentinel, without passwords. */
  public static final class Builder {

    private final Settings settings = new Settings();
    private final Settings sentinelSettings = new Settings();
    private int replicas = 1;
    private int sentinels = 1;

    private Builder() {
      settings.add("--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0");
    }

    public Builder replicas(int number) {
      replicas = number;
      return this;
    }

    /** More than half of them have to agree that a server is dead. */
    public Builder sentinels(int number) {
      sentinels = number;
      return this;
    }

    /** The servers' default user's. */
    public Builder password(String password) {
      settings.password(password);
      return this;
    }

    /** The Sentinels' own default user's. */
    public Builder sentinelPassword(String password) {
      sentinelSettings.password(password);
      return this;
    }

    /** TLS only, for the servers and the Sentinels. */
    public Builder tls(TestCertificates certificates) {
      settings.tls(certificates, certificates.server(), false);
      sentinelSettings.tls(certificates, certificates.server(), false);
      return this;
    }

    public RedisSentinel build() {
      return new RedisSentinel(this);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    client = new TestClient(settings);
    for (RedisProcess server : servers) {
      server.start(settings.listen(server.port()));
    }
    for (RedisProcess replica : servers.subList(1, servers.size())) {
      commands(replica).replicaof("127.0.0.1", servers.get(0).port());
    }
    awaitReplicas(servers.get(0));
    sentinelClient = RedisClient.create();
    sentinelClient.setOptions(sentinelSettings.clientOptions());
    for (RedisProcess sentinel : sentinels) {
      Files.write(sentinel.folder().resolve(CONFIGURATION), configuration(sentinel.port()));
      sentinel.start(List.of());
      sentinelConnections.add(
          sentinelClient.connectSentinel(sentinelSettings.uri(sentinel.port())));
    }
    sentinelConnections.forEach(SentinelConfiguration::quicken);
    awaitSentinels();
  }

  private List<String> configuration(int port) {
    return SentinelConfiguration.lines(
        sentinelSettings, port, settings, servers.get(0).port(), sentinels.size() / 2 + 1);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    thaw();
    if (!primary().isAlive()) {
      awaitPrimaryOtherThan(primary());
    }
    startDead();
    awaitSentinels();
    awaitReplicas(primary());
    commands().flushall();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (sentinelClient != null) {
      sentinelClient.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
    client.close();
    for (RedisProcess sentinel : sentinels) {
      sentinel.delete();
    }
    for (RedisProcess server : servers) {
      server.delete();
    }
  }

  /** Without credentials, as the option of a table has it. */
  public String url() {
    String scheme = settings.scheme() + "-sentinel://";
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", scheme, "/0#" + MASTER_NAME));
  }

  /** Of the server that the Sentinels name as the primary now. */
  public RedisCommands<String, String> commands() {
    return commands(primary());
  }

  /** The port of the server that the Sentinels name as the primary now. */
  public int primaryPort() {
    return primary().port();
  }

  private RedisCommands<String, String> commands(RedisProcess server) {
    return client.commands(server.port());
  }

  private RedisProcess primary() {
    int port = primaryPort(sentinelConnections.get(0));
    return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
  }

  private static int primaryPort(StatefulRedisSentinelConnection<String, String> sentinel) {
    return ((InetSocketAddress) sentinel.sync().getMasterAddrByName(MASTER_NAME)).getPort();
  }

  /**
   * Has the Sentinels promote a replica, as for maintenance, and returns when it is done. What is
   * written to the old primary until it follows the new one is lost, as always with Sentinels.
   */
  public void failover() {
    RedisProcess before = primary();
    Await.until(
        "the Sentinels begin a failover",
        () -> {
          sentinelConnections.get(0).sync().failover(MASTER_NAME);
          return true;
        });
    awaitPrimaryOtherThan(before);
    Await.until(
        "the old primary follows the new one",
        () -> commands(before).info("replication").contains("role:slave"));
  }

  /** Kills the primary, as a crash does; the Sentinels promote a replica some time later. */
  public void killPrimary() {
    primary().kill();
  }

  /** Kills the primary, and returns when the Sentinels have promoted a replica. */
  public void killPrimaryAndAwaitFailover() {
    RedisProcess before = primary();
    before.kill();
    awaitPrimaryOtherThan(before);
  }

  /** The primary is silent, as behind a broken network; the Sentinels promote a replica soon. */
  public void freezePrimary() throws IOException {
    frozen = primary();
    frozen.signal("STOP");
  }

  /** After {@link #freezePrimary()}; done before each test too. */
  public void thaw() throws IOException {
    if (frozen != null) {
      frozen.signal("CONT");
      frozen = null;
    }
  }

  private void awaitPrimaryOtherThan(RedisProcess before) {
    Await.until(
        "all Sentinels name another primary",
        () ->
            sentinelConnections.stream()
                .allMatch(sentinel -> primaryPort(sentinel) != before.port()));
    Await.until(
        "the replica has become the primary",
        () -> commands().info("replication").contains("role:master"));
  }

  /** Starts killed servers again, as replicas of the primary that there is now. */
  public void startDead() throws IOException {
    for (RedisProcess server : servers) {
      if (!server.isAlive()) {
        server.start(settings.listen(server.port()));
        // The Sentinels would see to it, some ten seconds later.
        commands(server).replicaof("127.0.0.1", primaryPort());
      }
    }
  }

  /** Returns when all living replicas have what the primary has. */
  public void awaitReplicas() {
    awaitReplicas(primary());
  }

  private void awaitReplicas(RedisProcess primary) {
    long written =
        Long.parseLong(Info.field(commands(primary).info("replication"), "master_repl_offset"));
    Await.until(
        "all replicas are connected and have caught up",
        () ->
            commands(primary)
                    .info("replication")
                    .lines()
                    .filter(line -> line.matches("slave\\d+:.*state=online.*"))
                    .filter(line -> offset(line) >= written)
                    .count()
                == servers.stream().filter(RedisProcess::isAlive).count() - 1);
  }

  /** As in {@code slave0:ip=127.0.0.1,port=6380,state=online,offset=14,lag=0}. */
  private static long offset(String replica) {
    return Long.parseLong(replica.replaceFirst(".*offset=(\\d+).*", "$1"));
  }

  /** Until they know the replicas and each other, and think well of them. */
  private void awaitSentinels() {
    for (StatefulRedisSentinelConnection<String, String> sentinel : sentinelConnections) {
      Await.until(
          "the Sentinels know all servers and each other",
          () -> {
            Map<String, String> master = sentinel.sync().master(MASTER_NAME);
            List<Map<String, String>> replicas = sentinel.sync().slaves(MASTER_NAME);
            return master.get("flags").equals("master")
                && master.get("num-other-sentinels").equals("" + (sentinels.size() - 1))
                && replicas.size() == servers.size() - 1
                && replicas.stream().allMatch(RedisSentinel::isFollowing);
          });
    }
  }

  private static boolean isFollowing(Map<String, String> replica) {
    return replica.get("flags").equals("slave") && replica.get("master-link-status").equals("ok");
  }
}
