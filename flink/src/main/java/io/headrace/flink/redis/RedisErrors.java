package io.headrace.flink.redis;

import java.io.IOException;

/** What the sink says when Redis does not do its part: the place, the fact, the remedy. */
final class RedisErrors {

  private RedisErrors() {}

  /** Lettuce wraps what happened; the innermost cause says it. */
  static IOException unreachable(RedisSinkConfig config, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = String.valueOf(cause.getMessage());
    return new IOException(
        String.format(
            "Table %s, Redis at %s: cannot connect (%s). %s",
            config.table(), config.address().hostAndPort(), words, remedy(words)),
        failure);
  }

  static IOException noPassword(RedisSinkConfig config, IOException cause) {
    return new IOException(
        String.format(
            "Table %s, option 'password-file': '%s' cannot be read (%s). Put the file on each"
                + " TaskManager, readable for the user that runs Flink.",
            config.table(), config.passwordFile(), cause),
        cause);
  }

  static IOException refused(RedisSinkConfig config, RedisReply reply, Throwable cause) {
    String words = String.valueOf(cause.getMessage());
    return new IOException(
        String.format(
            "Table %s, key '%s', command %s: Redis at %s answered '%s'. %s",
            config.table(),
            reply.key(),
            reply.command(),
            config.address().hostAndPort(),
            words,
            remedy(words)),
        cause);
  }

  static IOException unanswered(RedisSinkConfig config, RedisReply reply, Exception cause) {
    return new IOException(
        String.format(
            "Table %s, key '%s', command %s: Redis at %s has not answered within %d ms. Check that"
                + " it runs and is not overloaded, or raise 'command.timeout'. Nothing is lost: the"
                + " job repeats from its last checkpoint.",
            config.table(),
            reply.key(),
            reply.command(),
            config.address().hostAndPort(),
            config.commandTimeout().toMillis()),
        cause);
  }

  /** By the first word of Redis' error, which is its code. */
  private static String remedy(String words) {
    return switch (words.split(" ", 2)[0]) {
      case "WRONGTYPE" ->
          "Another program uses this key for something that is not a hash: delete the key, or choose"
              + " another 'key.prefix' for the table.";
      case "OOM" -> "Give Redis more memory (maxmemory), or set a (shorter) 'ttl'.";
      case "NOAUTH" -> "Name the file that holds the password in the option 'password-file'.";
      case "WRONGPASS" -> "Check the options 'username' and 'password-file'.";
      case "NOPERM" ->
          "Allow the user UNLINK, HSET, HDEL, PEXPIRE, MULTI, EXEC and PING on the table's keys (ACL"
              + " SETUSER).";
      case "READONLY" -> "This is a replica: let the option 'url' name the primary.";
      case "MISCONF" -> "Redis cannot save to its disk: see its log.";
      default -> "Check the option 'url', and that Redis runs and can be reached from here.";
    };
  }
}
