package io.headrace.flink.redis.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;

/** What the connector says when Redis does not do its part: the place, the fact, the remedy. */
public final class RedisErrors {

  private RedisErrors() {}

  /** For what went wrong before a command could be sent; Lettuce's innermost cause says it. */
  public static IOException unreachable(RedisTarget target, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      if (cause instanceof UncheckedIOException secret) {
        return secret.getCause();
      }
      cause = cause.getCause();
    }
    String words = words(cause);
    return new IOException(
        String.format(
            "Table %s, Redis at %s: cannot connect (%s). %s",
            target.table(),
            target.address().hostAndPort(),
            words,
            Remedies.ofConnection(words, target.address().tls())),
        failure);
  }

  /** For a command of a {@link RedisPipeline}. */
  public static IOException failed(RedisTarget target, PipelineFailure failure) {
    String place =
        String.format(
            "Table %s, key '%s', command %s: Redis at %s",
            target.table(),
            failure.command().keyText(),
            failure.command().name(),
            failure.node() == null ? target.address().hostAndPort() : failure.node());
    return switch (failure.kind()) {
      case CONNECTION_LOST ->
          new IOException(
              place
                  + " cannot be reached any more ("
                  + failure.words()
                  + "). Check that it runs. Nothing is lost: the job repeats from its last"
                  + " checkpoint.");
      case TIMEOUT ->
          unanswered(place, "not answered within " + target.commandTimeout().toMillis() + " ms");
      default ->
          new IOException(
              String.format(
                  "%s answered '%s'. %s",
                  place, failure.words(), Remedies.ofAnswer(failure.words())));
    };
  }

  /**
   * For a command that was sent with Lettuce's own commands.
   *
   * @param failure what its future completed with
   */
  public static IOException failed(
      RedisTarget target, String key, String command, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof RedisCommandExecutionException)) {
      cause = cause.getCause();
    }
    String place =
        String.format(
            "Table %s, key '%s', command %s: Redis at %s",
            target.table(), key, command, target.address().hostAndPort());
    IOException error;
    if (cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException) {
      long millis = target.commandTimeout().toMillis();
      error = unanswered(place, "not answered within " + millis + " ms");
    } else if (cause instanceof RedisCommandExecutionException) {
      String words = words(cause);
      error =
          new IOException(
              String.format("%s answered '%s'. %s", place, words, Remedies.ofAnswer(words)));
    } else {
      error =
          new IOException(
              String.format(
                  "%s cannot be reached (%s). Check that it runs and can be reached from here.",
                  place, words(cause)));
    }
    error.initCause(failure);
    return error;
  }

  private static IOException unanswered(String place, String words) {
    return new IOException(
        String.format(
            "%s has %s. Check that it runs and is not overloaded, or raise 'command.timeout'."
                + " Nothing is lost: the job repeats from its last checkpoint.",
            place, words));
  }

  static IOException unreadable(String table, String option, String file, IOException cause) {
    return new IOException(
        String.format(
            "Table %s, option '%s': '%s' cannot be read (%s). Put the file on each TaskManager,"
                + " readable for the user that runs Flink.",
            table, option, file, cause),
        cause);
  }

  static IOException noPasswordVariable(String table, Credentials credentials) {
    return new IOException(
        String.format(
            "Table %s, environment variable '%s': it is not set. Set it for each TaskManager, or"
                + " name a file in 'password-file'.",
            table, credentials.passwordEnvironmentVariable()));
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
