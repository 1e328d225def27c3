package io.headrace.flink.redis.faults;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** Watches a job from start to end: its checkpoints, what its sink holds, the heap. */
final class Vitals implements AutoCloseable {

  private static final long PAUSE_NANOS = 10_000_000;
  private static final long HEAP_EVERY_NANOS = 1_000_000_000;

  /** Collections take a tenth of the time at the most. */
  private static final long HEAP_SHARE = 10;

  private final JobMetrics metrics;
  private final Thread thread = new Thread(this::watch, "vitals");
  private volatile boolean closed;
  private volatile long longestCheckpointMillis;
  private volatile long mostHeldBytes;
  private volatile long mostFlushesInFlight;
  private volatile long mostHeapBytes;

  Vitals(JobMetrics metrics) {
    this.metrics = metrics;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    long nextHeapNanos = System.nanoTime();
    while (!closed) {
      longestCheckpointMillis =
          Math.max(longestCheckpointMillis, metrics.last("lastCheckpointDuration"));
      mostHeldBytes = Math.max(mostHeldBytes, metrics.sum("numBytesHeld"));
      mostFlushesInFlight = Math.max(mostFlushesInFlight, metrics.sum("numFlushesInFlight"));
      long nanos = System.nanoTime();
      if (nanos - nextHeapNanos >= 0) {
        measureHeap();
        // On a busy machine a collection takes long: the job must have most of the time.
        long took = System.nanoTime() - nanos;
        nextHeapNanos = nanos + Math.max(HEAP_EVERY_NANOS, HEAP_SHARE * took);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** What is left after a collection is what is really held. */
  private void measureHeap() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    mostHeapBytes = Math.max(mostHeapBytes, used);
  }

  long longestCheckpointMillis() {
    return longestCheckpointMillis;
  }

  /** Of all subtasks together: rows that wait, and rows that are sent and not answered. */
  long mostHeldBytes() {
    return mostHeldBytes;
  }

  /** Of all subtasks together. */
  long mostFlushesInFlight() {
    return mostFlushesInFlight;
  }

  /** After a collection, of the whole JVM, with Flink and the test in it. */
  long mostHeapBytes() {
    return mostHeapBytes;
  }

  @Override
  public void close() {
    closed = true;
  }
}
