package io.headrace.flink.redis.connection;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Finds out where the primaries are at the moment. */
final class PrimaryFinder {

  private static final List<String> UNKNOWN_HOSTS = List.of("", "?");

  private final NodeClient client;
  private final RedisAddress address;
  private int turns;

  PrimaryFinder(NodeClient client) {
    this.client = client;
    this.address = client.target().address();
  }

  /**
   * @param connected nodes that a cluster's slots can be asked of, before the URL's are
   * @return the primary of each slot, null where there is none; a single one without a cluster
   * @throws RedisException if nobody knows
   */
  NodeAddress[] find(Collection<NodeConnection> connected, Supplier<Duration> timeout)
      throws InterruptedException {
    return switch (address.topology()) {
      case STANDALONE -> new NodeAddress[] {address.nodes().get(0)};
      case SENTINEL -> new NodeAddress[] {askSentinels(timeout)};
      case CLUSTER -> askCluster(connected, timeout);
    };
  }

  private NodeAddress askSentinels(Supplier<Duration> timeout) throws InterruptedException {
    RedisException failure = null;
    for (NodeAddress sentinel : inTurn(address.nodes())) {
      try {
        return client.askSentinel(sentinel, timeout.get());
      } catch (RedisException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private NodeAddress[] askCluster(Collection<NodeConnection> connected, Supplier<Duration> timeout)
      throws InterruptedException {
    RedisException failure = null;
    for (NodeConnection node : inTurn(connected)) {
      try {
        return slots(node, timeout.get());
      } catch (RedisException e) {
        failure = e;
      }
    }
    for (NodeAddress seed : inTurn(address.nodes())) {
      try {
        NodeConnection node = NodeConnection.open(client, seed, null, timeout.get());
        try {
          return slots(node, timeout.get());
        } finally {
          node.close();
        }
      } catch (RedisException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** Another one first each time: one that is cut off from the others may answer, wrongly. */
  private <T> List<T> inTurn(Collection<T> those) {
    List<T> turned = new ArrayList<>(those);
    Collections.rotate(turned, -turns++);
    return turned;
  }

  /** By CLUSTER SLOTS: ranges of first slot, last slot, primary, replicas. */
  private static NodeAddress[] slots(NodeConnection node, Duration timeout)
      throws InterruptedException {
    List<Object> ranges = NodeClient.await(node.commands().clusterSlots(), timeout);
    if (ranges.isEmpty()) {
      throw new RedisException("CLUSTERDOWN No node serves any hash slot");
    }
    NodeAddress[] owners = new NodeAddress[SlotHash.SLOT_COUNT];
    for (Object element : ranges) {
      List<?> range = (List<?>) element;
      List<?> primary = (List<?>) range.get(2);
      NodeAddress owner = address(primary.get(0), (Long) primary.get(1), node.address());
      for (int slot = ((Long) range.get(0)).intValue(); slot <= (Long) range.get(1); slot++) {
        owners[slot] = owner;
      }
    }
    return owners;
  }

  /** A node may not know its own host; then it is the one that it was reached by. */
  static NodeAddress address(Object host, long port, NodeAddress answering) {
    String name =
        host instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) host;
    return new NodeAddress(
        name == null || UNKNOWN_HOSTS.contains(name) ? answering.host() : name, (int) port);
  }
}
