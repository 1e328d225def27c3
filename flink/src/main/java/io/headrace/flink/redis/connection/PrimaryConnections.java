package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.lettuce.core.RedisException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.annotation.Nullable;

/** The pipeline's connections, one to each primary, and the routes to them. */
final class PrimaryConnections {

  private final NodeClient client;
  private final List<RedisScript> scripts;
  @Nullable private final String ownName;
  private final PrimaryFinder finder;
  private final Map<NodeAddress, NodeConnection> nodes = new LinkedHashMap<>();

  /** Redis' numbers of connections that were given up, until they are known to be dead. */
  private final Map<NodeAddress, Long> predecessors = new HashMap<>();

  private Routes routes;

  /**
   * @param ownName the client's name if nobody else may have connections of this name; else null
   */
  PrimaryConnections(NodeClient client, List<RedisScript> scripts, @Nullable String ownName) {
    this.client = client;
    this.scripts = scripts;
    this.ownName = ownName;
    this.finder = new PrimaryFinder(client);
  }

  Routes routes() {
    return routes;
  }

  int nodes() {
    return nodes.size();
  }

  /**
   * @throws RedisException if not all primaries can be connected to
   */
  void open() throws InterruptedException {
    Supplier<Duration> timeout = client.target()::connectTimeout;
    routes = connect(finder.find(List.of(), timeout), timeout);
  }

  /**
   * Brings connections and routes up to date. Afterwards nothing that was sent before is still
   * under way.
   *
   * @param failures that show what is out of date
   * @param timeout how long one server may take
   * @throws RedisException if not all primaries can be connected to, yet
   */
  void repair(Collection<PipelineFailure> failures, Supplier<Duration> timeout)
      throws InterruptedException {
    distrust(failures);
    settle(timeout);
    dropUnusable();
    Routes before = routes;
    NodeAddress[] owners = finder.find(nodes.values(), timeout);
    routes = connect(owners, timeout);
    followMoved(failures, timeout);
    keepImporting(before, failures);
    followAsk(failures, timeout);
    dropUnused();
    if (failures.stream().anyMatch(failure -> failure.kind() == Kind.NO_SCRIPT)) {
      for (NodeConnection node : nodes.values()) {
        node.load(scripts, timeout.get());
      }
    }
  }

  /** What has become a replica, or does not know this user any more, needs a new connection. */
  private void distrust(Collection<PipelineFailure> failures) {
    for (PipelineFailure failure : failures) {
      if (failure.kind() == Kind.READONLY || failure.kind() == Kind.AUTHENTICATION) {
        NodeConnection node = nodes.get(failure.node());
        if (node != null) {
          node.distrust();
        }
      }
    }
  }

  /** A connection answers in order: who has answered this, has answered all before. */
  private void settle(Supplier<Duration> timeout) throws InterruptedException {
    for (NodeConnection node : nodes.values()) {
      if (node.isUsable()) {
        try {
          NodeClient.await(node.commands().ping(), timeout.get());
        } catch (RedisException e) {
          node.distrust();
        }
      }
    }
  }

  private void dropUnusable() {
    for (NodeConnection node : List.copyOf(nodes.values())) {
      if (!node.isUsable()) {
        nodes.remove(node.address());
        if (node.clientId() != null) {
          predecessors.put(node.address(), node.clientId());
        }
        node.close();
      }
    }
  }

  private Routes connect(NodeAddress[] owners, Supplier<Duration> timeout)
      throws InterruptedException {
    NodeConnection[] connected = new NodeConnection[owners.length];
    for (int slot = 0; slot < owners.length; slot++) {
      if (owners[slot] != null) {
        connected[slot] = node(owners[slot], timeout);
      }
    }
    return new Routes(connected);
  }

  private NodeConnection node(NodeAddress address, Supplier<Duration> timeout)
      throws InterruptedException {
    NodeConnection known = nodes.get(address);
    if (known != null) {
      return known;
    }
    NodeConnection opened =
        NodeConnection.open(client, address, predecessors.get(address), timeout.get());
    try {
      if (client.target().address().topology() == Topology.SENTINEL
          && !opened.isPrimary(timeout.get())) {
        throw new RedisException(
            "The Sentinels name " + address + ", which is not the primary, or not yet");
      }
      if (ownName != null) {
        opened.killNamesakes(ownName, timeout.get());
      }
      opened.load(scripts, timeout.get());
    } catch (RedisException | InterruptedException e) {
      opened.close();
      throw e;
    }
    predecessors.remove(address);
    nodes.put(address, opened);
    return opened;
  }

  /** The node that was asked for the slots may know less than the one that said MOVED. */
  private void followMoved(Collection<PipelineFailure> failures, Supplier<Duration> timeout)
      throws InterruptedException {
    for (PipelineFailure failure : failures) {
      if (failure.kind() == Kind.MOVED) {
        NodeConnection owner = routes.owner(failure.command().key());
        if (owner == null || owner.address().equals(failure.node())) {
          routes.move(failure.command().key(), node(redirection(failure), timeout));
        }
      }
    }
  }

  private void keepImporting(Routes before, Collection<PipelineFailure> failures) {
    Set<ByteBuffer> moved = new HashSet<>();
    for (PipelineFailure failure : failures) {
      if (failure.kind() == Kind.MOVED) {
        moved.add(ByteBuffer.wrap(failure.command().key()));
      }
    }
    before
        .importing()
        .forEach(
            (key, node) -> {
              if (nodes.containsValue(node) && !moved.contains(key)) {
                routes.ask(key.array(), node);
              }
            });
  }

  private void followAsk(Collection<PipelineFailure> failures, Supplier<Duration> timeout)
      throws InterruptedException {
    for (PipelineFailure failure : failures) {
      if (failure.kind() == Kind.ASK) {
        routes.ask(failure.command().key(), node(redirection(failure), timeout));
      }
    }
  }

  /** As in {@code MOVED 3999 127.0.0.1:6381}. */
  private static NodeAddress redirection(PipelineFailure failure) {
    String[] words = failure.words().split(" ");
    String place = words[words.length - 1];
    int colon = place.lastIndexOf(':');
    return PrimaryFinder.address(
        place.substring(0, colon), Long.parseLong(place.substring(colon + 1)), failure.node());
  }

  private void dropUnused() {
    for (NodeConnection node : new ArrayList<>(nodes.values())) {
      if (!routes.uses(node)) {
        nodes.remove(node.address());
        node.close();
      }
    }
  }
}
