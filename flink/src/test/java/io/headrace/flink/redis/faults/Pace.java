package io.headrace.flink.redis.faults;

import java.io.Serializable;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.types.Row;

/**
 * How fast a job's source goes, as the test says: at a rate up to a gate, and as fast as it can
 * once the gate is open. It knows how far the source is, and can make the job's task fail. Source
 * and test are in one JVM.
 */
final class Pace {

  private static final Map<String, Pace> PACES = new ConcurrentHashMap<>();
  private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);

  private final String id = UUID.randomUUID().toString();
  private final double rowsPerMilli;
  private final long gate;
  private final AtomicBoolean taskFails = new AtomicBoolean();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private volatile long emitted;
  private long highest;
  private volatile long end = Long.MAX_VALUE;
  private volatile int checkpoints;

  /**
   * @param gate how many rows come before the gate
   */
  Pace(double rowsPerSecond, long gate) {
    this.rowsPerMilli = rowsPerSecond / 1_000;
    this.gate = gate;
    PACES.put(id, this);
  }

  String id() {
    return id;
  }

  /**
   * @param more how many rows come from now on, those that are repeated not counted
   */
  void openGate(long more) {
    synchronized (this) {
      end = highest + more;
    }
    opened.complete(null);
  }

  /** How many rows there are from the first to the last, if the last is known. */
  OptionalLong rows() {
    return end == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(end);
  }

  private synchronized boolean isBeforeEnd(long number) {
    if (number >= end) {
      return false;
    }
    emitted = number + 1;
    highest = Math.max(highest, emitted);
    return true;
  }

  /** The next row makes the task throw an exception. */
  void failTask() {
    taskFails.set(true);
  }

  /** The number of the row that the source has come to; it falls when it repeats rows. */
  long emitted() {
    return emitted;
  }

  /** Checkpoints that were completed since the source's last start. */
  int checkpoints() {
    return checkpoints;
  }

  void remove() {
    PACES.remove(id);
  }

  RateLimiterStrategy strategy() {
    return new Strategy(id);
  }

  /** To be put behind the source. */
  FilterFunction<Row> task() {
    return new Task(id);
  }

  private record Strategy(String id) implements RateLimiterStrategy<SourceSplit> {

    @Override
    public RateLimiter<SourceSplit> createRateLimiter(int parallelism) {
      return PACES.get(id).new Limiter();
    }
  }

  private record Task(String id) implements FilterFunction<Row>, Serializable {

    @Override
    public boolean filter(Row row) {
      Pace pace = PACES.get(id);
      if (pace.taskFails.compareAndSet(true, false)) {
        throw new IllegalStateException("The test makes the task fail");
      }
      return pace.isBeforeEnd(row.<Long>getFieldAs(1));
    }
  }

  private final class Limiter implements RateLimiter<SourceSplit> {

    private final long startNanos = System.nanoTime();
    private long acquired;

    Limiter() {
      checkpoints = 0;
    }

    @Override
    public CompletionStage<Void> acquire(int requests) {
      if (opened.isDone() || emitted >= gate) {
        return opened.minimalCompletionStage();
      }
      double millis = (System.nanoTime() - startNanos) / 1e6;
      acquired += requests;
      return acquired <= millis * rowsPerMilli
          ? CompletableFuture.completedStage(null)
          : CompletableFuture.runAsync(() -> {}, SOON);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      checkpoints++;
    }
  }
}
