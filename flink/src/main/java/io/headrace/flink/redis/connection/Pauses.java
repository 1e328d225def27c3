package io.headrace.flink.redis.connection;

import java.time.Duration;

/** Pauses between attempts, each twice as long as the one before, until all is well for a while. */
final class Pauses {

  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Longer than what comes between two attempts on the same trouble. */
  private static final Duration WELL = Duration.ofSeconds(5);

  private Duration next = Duration.ZERO;
  private long lastNanos = System.nanoTime();

  /** For trouble that time alone heals: the first attempt waits too. */
  void skipNone() {
    if (next.isZero()) {
      next = FIRST;
    }
  }

  /** None before the first attempt. */
  Duration next() {
    long now = System.nanoTime();
    if (now - lastNanos > WELL.toNanos()) {
      next = Duration.ZERO;
    }
    lastNanos = now;
    Duration pause = next;
    next = pause.isZero() ? FIRST : pause.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return pause;
  }
}
