package io.headrace.flink.redis.server;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what servers come to by themselves. */
public final class Await {

  // A Sentinel that a busy machine did not run for two seconds mistrusts its clock and acts on
  // nothing for 30 seconds
  // (its TILT mode), and a failover has several steps.
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Await() {}

  /**
   * Asks again and again. A server that cannot be asked yet has not come to it yet.
   *
   * @param what for the message
   * @throws AssertionError after two minutes
   */
  public static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (RedisException e) {
        last = e;
      } catch (Exception e) {
        throw new AssertionError(what, e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what, last);
  }
}
