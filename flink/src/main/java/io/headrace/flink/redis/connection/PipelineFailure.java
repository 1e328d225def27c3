package io.headrace.flink.redis.connection;

import javax.annotation.Nullable;

/**
 * A command that was not done, as far as is known.
 *
 * @param words what Redis answered; or what happened to the connection
 * @param node the server that was asked; null if there was none to ask
 */
public record PipelineFailure(
    PipelineCommand command, Kind kind, String words, @Nullable NodeAddress node) {

  /** What happened, by what is to be done about it. */
  public enum Kind {
    /** The connection broke before the answer. */
    CONNECTION_LOST,
    /** No answer in time. */
    TIMEOUT,
    /** The key's slot is now on another node. */
    MOVED,
    /** The key's slot is on its way to another node, and the key is there already. */
    ASK,
    /** Redis cannot at the moment: it loads, is busy, has no quorum, cannot save, … */
    TRY_AGAIN,
    /** The server has become a replica. */
    READONLY,
    /** The server does not know the script (any more). */
    NO_SCRIPT,
    OUT_OF_MEMORY,
    /** The password is missing or wrong. */
    AUTHENTICATION,
    /** Done by the primary, but by fewer replicas than wanted. */
    NOT_REPLICATED,
    /** Redis will not do this, however often it is asked. */
    REFUSED;

    /** By the code of Redis' error. */
    static Kind of(String words) {
      return switch (ErrorCode.of(words)) {
        case "MOVED" -> MOVED;
        case "ASK" -> ASK;
        case "TRYAGAIN", "CLUSTERDOWN", "LOADING", "BUSY", "MASTERDOWN", "NOREPLICAS", "MISCONF" ->
            TRY_AGAIN;
        // Who waits for replicas (WAIT) is told so that the server becomes one itself.
        case "READONLY", "UNBLOCKED" -> READONLY;
        case "NOSCRIPT" -> NO_SCRIPT;
        case "OOM" -> OUT_OF_MEMORY;
        case "NOAUTH", "WRONGPASS" -> AUTHENTICATION;
        case WaitReply.CODE -> NOT_REPLICATED;
        default -> REFUSED;
      };
    }
  }

  /** Whether sending the command again, after {@link RedisPipeline#recover}, may succeed. */
  public boolean isRetriable() {
    return kind != Kind.REFUSED;
  }
}
