package io.headrace.flink.redis.connection;

import java.time.Duration;

/** Pauses between attempts, each twice as long as the one before, until a sending succeeds. */
final class Pauses {

  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private Duration next = Duration.ZERO;

  /** None before the first attempt. */
  Duration next() {
    Duration pause = next;
    next = pause.isZero() ? FIRST : pause.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return pause;
  }

  /** For trouble that time alone heals: the first attempt waits too. */
  void skipNone() {
    if (next.isZero()) {
      next = FIRST;
    }
  }

  void startAgain() {
    next = Duration.ZERO;
  }
}
