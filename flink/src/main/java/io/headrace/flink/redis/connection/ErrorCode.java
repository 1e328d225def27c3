package io.headrace.flink.redis.connection;

import java.util.Locale;

/** The first word of Redis' errors, which says what kind of error it is. */
final class ErrorCode {

  /** Redis had accepted the commands of a transaction, and cannot do them any more. */
  private static final String DISCARDED = "EXECABORT Transaction discarded because of: ";

  /** What others call READONLY has no code of its own here. */
  private static final String WAIT_ON_REPLICA = "ERR WAIT cannot be used with replica";

  private ErrorCode() {}

  /** Of a discarded transaction, the code of the reason. */
  static String of(String words) {
    if (words.startsWith(WAIT_ON_REPLICA)) {
      return "READONLY";
    }
    String reason = words.startsWith(DISCARDED) ? words.substring(DISCARDED.length()) : words;
    return reason.split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }
}
