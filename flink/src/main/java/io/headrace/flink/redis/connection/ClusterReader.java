package io.headrace.flink.redis.connection;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads from the primaries of a cluster. */
final class ClusterReader extends RedisReader {

  /** For changes that no answer has shown. */
  private static final Duration TOPOLOGY_REFRESH = Duration.ofMinutes(1);

  private final ClientResources resources;
  private final RedisClusterClient client;
  private StatefulRedisClusterConnection<byte[], byte[]> connection;

  ClusterReader(RedisTarget target) {
    List<RedisURI> seeds =
        target.address().nodes().stream()
            .map(node -> LettuceSettings.server(target, node, target.connectTimeout()))
            .toList();
    ClusterClientOptions options =
        LettuceSettings.apply(target, ClusterClientOptions.builder())
            .timeoutOptions(TimeoutOptions.enabled(target.commandTimeout()))
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enableAllAdaptiveRefreshTriggers()
                    // Lettuce's own 30 s would be how long a crashed primary keeps reads waiting.
                    .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                    .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                    .build())
            .build();
    resources = LettuceSettings.resources().build();
    client = RedisClusterClient.create(resources, seeds);
    client.setOptions(options);
  }

  @Override
  void connect() {
    connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.sync().ping();
  }

  @Override
  public RedisClusterAsyncCommands<byte[], byte[]> async() {
    return connection.async();
  }

  @Override
  public List<String> primaries() {
    return connection.getPartitions().stream()
        .filter(node -> !node.getSlots().isEmpty())
        .map(RedisClusterNode::getNodeId)
        .toList();
  }

  @Override
  public CompletionStage<KeyScanCursor<byte[]>> scan(
      String primary, ScanCursor cursor, ScanArgs arguments) {
    return connection
        .getConnectionAsync(primary)
        .thenCompose(node -> node.async().scan(cursor, arguments));
  }

  @Override
  public void close() {
    LettuceSettings.shutDown(client, resources);
  }
}
