package io.headrace.flink.redis.connection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * A parsed {@code url} option. Holds no credentials, by design: it travels in the job graph.
 *
 * @param nodes the server; or the Sentinels; or those nodes of a cluster that are asked for the
 *     others
 * @param database 0 in a cluster, which has no other
 * @param masterName what the Sentinels call the primary; null without Sentinels
 */
public record RedisAddress(
    Topology topology,
    boolean tls,
    List<NodeAddress> nodes,
    int database,
    @Nullable String masterName)
    implements Serializable {

  private static final int REDIS_PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  /** Not java.net.URI, which has no host for names with an underscore, as Compose makes them. */
  private static final Pattern URL =
      Pattern.compile("(rediss?)(-sentinel|-cluster)?://([^/?#\\s]+)(?:/(\\d{0,9}))?(?:#(\\S+))?");

  private static final Pattern NODE =
      Pattern.compile("(\\[[^]]+]|[^:/?#\\[\\]\\s]+)(?::(\\d{1,5}))?");

  public RedisAddress {
    nodes = List.copyOf(nodes);
  }

  /**
   * Understands {@code redis://host:port/database}, {@code
   * redis-sentinel://host,host/database#name} and {@code redis-cluster://host,host}; with {@code
   * rediss} for TLS.
   *
   * @throws IllegalArgumentException saying what is wrong and what to write instead; it never
   *     repeats the text, which may hold a password
   */
  public static RedisAddress parse(String url) {
    if (url.contains("@")) {
      throw new IllegalArgumentException(
          "it holds credentials, which SHOW CREATE TABLE and the job graph would show. Write"
              + " 'redis://host:6379/0' and use the options 'username' and 'password-file'");
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw notAUrl();
    }
    Topology topology = topology(parts.group(2));
    List<NodeAddress> nodes =
        nodes(parts.group(3), topology == Topology.SENTINEL ? SENTINEL_PORT : REDIS_PORT);
    int database = number(parts.group(4), 0);
    String masterName = parts.group(5);
    check(topology, nodes, database, masterName);
    return new RedisAddress(topology, parts.group(1).equals("rediss"), nodes, database, masterName);
  }

  private static Topology topology(@Nullable String suffix) {
    if (suffix == null) {
      return Topology.STANDALONE;
    }
    return suffix.equals("-sentinel") ? Topology.SENTINEL : Topology.CLUSTER;
  }

  private static List<NodeAddress> nodes(String text, int defaultPort) {
    List<NodeAddress> nodes = new ArrayList<>();
    for (String node : text.split(",", -1)) {
      Matcher parts = NODE.matcher(node);
      if (!parts.matches()) {
        throw notAUrl();
      }
      int port = number(parts.group(2), defaultPort);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("the port " + port + " is not between 1 and 65535");
      }
      nodes.add(new NodeAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port));
    }
    return nodes;
  }

  private static void check(
      Topology topology, List<NodeAddress> nodes, int database, @Nullable String masterName) {
    if (topology == Topology.STANDALONE && nodes.size() > 1) {
      throw new IllegalArgumentException(
          "it names several hosts. Write 'redis-sentinel://…' if they are Sentinels, or"
              + " 'redis-cluster://…' if they are nodes of a cluster");
    }
    if (topology == Topology.CLUSTER && database != 0) {
      throw new IllegalArgumentException(
          "it names database "
              + database
              + ", and a Redis Cluster has only database 0. Leave the"
              + " number out");
    }
    if ((topology == Topology.SENTINEL) != (masterName != null)) {
      throw new IllegalArgumentException(
          topology == Topology.SENTINEL
              ? "it lacks what the Sentinels call the primary. Write it at the end:"
                  + " 'redis-sentinel://host:26379/0#mymaster'"
              : "it has a '#', which only a 'redis-sentinel://…' URL may have. Leave it out");
    }
  }

  private static IllegalArgumentException notAUrl() {
    return new IllegalArgumentException(
        "it is not a Redis URL. Write 'redis://host:6379/0',"
            + " 'redis-sentinel://host:26379,host:26379/0#mymaster' or"
            + " 'redis-cluster://host:6379,host:6379', with 'rediss' for TLS; the number after the"
            + " '/' is the database");
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
  }

  /** All nodes, as messages name them. */
  public String hostAndPort() {
    return nodes.stream().map(NodeAddress::toString).collect(Collectors.joining(", "));
  }
}
