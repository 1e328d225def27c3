package io.headrace.flink.redis.server;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.time.Duration;

/** How tests look at a cluster as a whole. */
final class ClusterTestClient implements AutoCloseable {

  private final RedisClusterClient client;
  private final RedisAdvancedClusterCommands<String, String> commands;

  ClusterTestClient(Settings settings, int port) {
    client = RedisClusterClient.create(settings.uri(port));
    client.setOptions(
        ClusterClientOptions.builder(settings.clientOptions())
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder().enableAllAdaptiveRefreshTriggers().build())
            .build());
    commands = client.connect().sync();
  }

  RedisAdvancedClusterCommands<String, String> commands() {
    return commands;
  }

  void refresh() {
    client.refreshPartitions();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
