package io.headrace.flink.redis.faults;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** Watches a job from start to end: its checkpoints, what its sink holds, the heap. */
final class Vitals implements AutoCloseable {

  private static final long PAUSE_NANOS = 10_000_000;
  private static final long HEAP_EVERY_NANOS = 1_000_000_000;

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
    long heapNanos = System.nanoTime() - HEAP_EVERY_NANOS;
    while (!closed) {
      longestCheckpointMillis =
          Math.max(longestCheckpointMillis, metrics.last("lastCheckpointDuration"));
      mostHeldBytes = Math.max(mostHeldBytes, metrics.sum("numBytesHeld"));
      mostFlushesInFlight = Math.max(mostFlushesInFlight, metrics.sum("numFlushesInFlight"));
      if (System.nanoTime() - heapNanos >= HEAP_EVERY_NANOS) {
        measureHeap();
        heapNanos = System.nanoTime();
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
