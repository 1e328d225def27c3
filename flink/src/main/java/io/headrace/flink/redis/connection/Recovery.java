package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;

/** Tries to repair connections until it succeeds, or the patience is over. */
final class Recovery {

  private static final Duration SHORTEST = Duration.ofMillis(100);

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
    RedisException last = null;
    while (true) {
      Duration pause = pauses.next();
      if (remaining().compareTo(pause) <= 0) {
        throw last == null
            ? RedisErrors.failed(target, first)
            : RedisErrors.unreachable(target, last);
      }
      Thread.sleep(pause.toMillis());
      try {
        connections.repair(failures, this::timeout);
        return;
      } catch (RedisException e) {
        // Silence towards the end of the patience says less than what was said before.
        last = last != null && e instanceof RedisCommandTimeoutException ? last : e;
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

  private Duration remaining() {
    return Duration.ofNanos(deadlineNanos - System.nanoTime());
  }

  /** For one server, so that one that is silent leaves time to look for its successor. */
  private Duration timeout() {
    Duration timeout = remaining().dividedBy(SHARE);
    if (timeout.compareTo(target.connectTimeout()) > 0) {
      return target.connectTimeout();
    }
    return timeout.compareTo(SHORTEST) > 0 ? timeout : SHORTEST;
  }
}
