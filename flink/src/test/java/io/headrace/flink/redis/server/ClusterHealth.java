package io.headrace.flink.redis.server;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the nodes of a cluster are of one opinion. */
final class ClusterHealth {

  private ClusterHealth() {}

  /** Whether all living nodes, and no others, serve all slots in the opinion of each of them. */
  static boolean isHealthy(List<RedisCommands<String, String>> alive) {
    Set<String> views = new HashSet<>();
    for (RedisCommands<String, String> node : alive) {
      if (!node.clusterInfo().contains("cluster_state:ok")) {
        return false;
      }
      views.add(view(node));
    }
    return views.size() == 1
        && views.iterator().next().lines().filter(line -> !line.contains("fail")).count()
            == alive.size();
  }

  /** Who serves what, and follows whom, in one node's opinion. */
  private static String view(RedisCommands<String, String> node) {
    return node.clusterNodes()
        .lines()
        .map(line -> line.split(" "))
        // Node, address, flags, primary, three times, state of the link, slots.
        .map(
            words ->
                words[0]
                    + words[2].replace("myself,", "").replace("fail?", "fail")
                    + words[3]
                    + Stream.of(words)
                        .skip(8)
                        .filter(slots -> !slots.startsWith("["))
                        .collect(Collectors.joining(" ")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
