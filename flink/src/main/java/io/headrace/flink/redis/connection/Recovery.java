package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

/** Tries to repair connections until it succeeds, or the patience is over. */
final class Recovery {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Of the patience that is left, one server may take this part. */
  private static final int SHARE = 3;

  private final RedisTarget target;
  private final PrimaryConnections connections;
  private final Collection<PipelineFailure> failures;
  private final long deadlineNanos;

  Recovery(
      RedisTarget target,
      PrimaryConnections connections,
      Collection<PipelineFailure> failures,
      Duration patience) {
    this.target = target;
    this.connections = connections;
    this.failures = failures;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  void run(Pauses pauses) throws IOException, InterruptedException {
    if (failures.isEmpty()) {
      return;
    }
    for (PipelineFailure failure : failures) {
      if (!failure.isRetriable() || isRedirected(failure) && !isCluster()) {
        throw RedisErrors.failed(target, failure);
      }
    }
    PipelineFailure first = failures.iterator().next();
    if (failures.stream().anyMatch(Recovery::onlyTimeHelps)) {
      pauses.skipNone();
    }
    Supplier<IOException> error = () -> RedisErrors.failed(target, first);
    while (true) {
      pause(pauses.next(), error);
      try {
        connections.repair(failures, this::timeout);
        return;
      } catch (RedisException e) {
        error = () -> RedisErrors.unreachable(target, e);
      }
    }
  }

  private boolean isCluster() {
    return target.address().topology() == Topology.CLUSTER;
  }

  private static boolean isRedirected(PipelineFailure failure) {
    return failure.kind() == Kind.MOVED || failure.kind() == Kind.ASK;
  }

  private static boolean onlyTimeHelps(PipelineFailure failure) {
    return switch (failure.kind()) {
      case TRY_AGAIN, READONLY, OUT_OF_MEMORY, NOT_REPLICATED, AUTHENTICATION -> true;
      default -> false;
    };
  }

  private void pause(Duration pause, Supplier<IOException> error)
      throws IOException, InterruptedException {
    if (remaining().compareTo(pause) <= 0) {
      throw error.get();
    }
    Thread.sleep(pause.toMillis());
  }

  private Duration remaining() {
    return Duration.ofNanos(deadlineNanos - System.nanoTime());
  }

  /**
   * For one server, so that one that is silent leaves time to look for its successor. Zero would be
   * for ever, to Lettuce.
   */
  private Duration timeout() {
    Duration timeout = remaining().dividedBy(SHARE);
    if (timeout.compareTo(target.connectTimeout()) > 0) {
      return target.connectTimeout();
    }
    return timeout.compareTo(SHORTEST) > 0 ? timeout : SHORTEST;
  }
}
