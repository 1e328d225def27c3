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
            target.table(), target.address().hostAndPort(), words, remedy(words)),
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
                  "%s answered '%s'. %s", place, failure.words(), remedy(failure.words())));
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
      error = new IOException(String.format("%s answered '%s'. %s", place, words, remedy(words)));
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

  static IOException noPasswordFile(String table, Credentials credentials, IOException cause) {
    return new IOException(
        String.format(
            "Table %s, option 'password-file': '%s' cannot be read (%s). Put the file on each"
                + " TaskManager, readable for the user that runs Flink.",
            table, credentials.passwordFile(), cause),
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

  /** By the first word of Redis' error, which is its code. */
  private static String remedy(String words) {
    if (words.contains("cluster support disabled")) {
      return "This is not a node of a cluster: let the option 'url' begin with 'redis://'.";
    }
    if (words.contains("knows no master") || words.contains("using sentinel for masterId")) {
      return "Check the name after the '#' in the option 'url'.";
    }
    return switch (words.split(" ", 2)[0]) {
      case "WRONGTYPE" ->
          "Another program keeps a value of another type under this key: delete the key, or choose"
              + " another 'key.prefix' for the table.";
      case "OOM" -> "Give Redis more memory (maxmemory), or set a (shorter) 'ttl'.";
      case "NOAUTH" -> "Name the file that holds the password in the option 'password-file'.";
      case "WRONGPASS" -> "Check the options 'username' and 'password-file'.";
      case "NOPERM" ->
          "Allow the user this command on the table's keys (ACL SETUSER), as it allows PING.";
      case "READONLY" -> "This is a replica: let the option 'url' name the primary.";
      case "MISCONF" -> "Redis cannot save to its disk: see its log.";
      case "CLUSTERDOWN" ->
          "The cluster lacks nodes, or nobody serves some slots: see 'redis-cli --cluster check'.";
      case "MOVED" ->
          "This is a node of a cluster: let the option 'url' begin with 'redis-cluster://'.";
      case "CROSSSLOT" -> "Give keys that are used together one {hash tag}.";
      case "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN" -> "Redis is not ready: see its log.";
      case "NOREPLICAS", WaitReply.CODE ->
          "Check that the replicas run and are connected (INFO replication).";
      default -> "Check the option 'url', and that Redis runs and can be reached from here.";
    };
  }
}
