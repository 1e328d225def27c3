package io.headrace.flink.redis.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;

/** Which failures of reading may pass, and how long to wait before asking again. */
public final class ReadRetries {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private ReadRetries() {}

  /**
   * Whether asking again may help: after trouble with a connection or a timeout, and where Redis
   * says that it cannot at the moment, as in LOADING or CLUSTERDOWN.
   *
   * @param failure what a future of {@link RedisReader#async} completed with
   */
  public static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException refusal) {
        return PipelineFailure.Kind.of(refusal.getMessage()) != PipelineFailure.Kind.REFUSED;
      }
      if (cause instanceof RedisException || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param attempt 1 for the first one that failed
   */
  public static Duration pauseAfter(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
