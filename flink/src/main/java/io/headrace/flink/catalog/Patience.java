package io.headrace.flink.catalog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waiting for a lock, in short pauses of uneven length, up to a limit. */
final class Patience {

  private final long start = System.nanoTime();
  private final Duration limit;
  private final String lock;

  Patience(Duration limit, String lock) {
    this.limit = limit;
    this.lock = lock;
  }

  /**
   * @throws IOException if the limit is reached, or the thread is interrupted
   */
  void pause() throws IOException {
    if (System.nanoTime() - start > limit.toNanos()) {
      throw new IOException(
          String.format(
              "other sessions have held the lock %s for %d seconds; run the statement again",
              lock, limit.toSeconds()));
    }
    sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(2, 20)));
  }

  static void sleep(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other sessions held the catalog's lock");
    }
  }
}
