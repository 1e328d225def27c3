package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.connection.RedisReader;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A Redis process that holds keys, as it describes itself. A SCAN of it is exact if it is equal
 * before and after.
 *
 * @param name among the reader's primaries
 * @param runId which another process does not have, even if it has the same data
 * @param slots of a cluster; empty for a server with all keys
 * @param moving whether keys of one of its slots are on their way to or from another node
 */
record ScanServer(String name, String runId, BitSet slots, boolean moving) {

  private static final String RUN_ID = "run_id:";

  /** The servers that hold the keys between them, at the moment. */
  static List<ScanServer> all(RedisReader reader) throws ExecutionException, InterruptedException {
    List<ScanServer> servers = new ArrayList<>();
    for (String name : reader.primaries()) {
      if (reader.async() instanceof RedisAdvancedClusterAsyncCommands<byte[], byte[]> cluster) {
        servers.add(ofNode(name, cluster.getConnection(name)));
      } else {
        servers.add(new ScanServer(name, runId(reader.async()), new BitSet(), false));
      }
    }
    return servers;
  }

  private static ScanServer ofNode(String name, RedisClusterAsyncCommands<byte[], byte[]> node)
      throws ExecutionException, InterruptedException {
    String nodes = PatientReader.reply(node.clusterNodes());
    BitSet slots = new BitSet();
    for (RedisClusterNode one : ClusterPartitionParser.parse(nodes)) {
      if (one.is(NodeFlag.MYSELF)) {
        one.getSlots().forEach(slots::set);
      }
    }
    // Each node lists only its own moving slots, at the end of its own line: '[93->-…]'.
    return new ScanServer(name, runId(node), slots, nodes.contains("["));
  }

  private static String runId(RedisClusterAsyncCommands<byte[], byte[]> commands)
      throws ExecutionException, InterruptedException {
    return PatientReader.reply(commands.info("server"))
        .lines()
        .filter(line -> line.startsWith(RUN_ID))
        .map(line -> line.substring(RUN_ID.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
