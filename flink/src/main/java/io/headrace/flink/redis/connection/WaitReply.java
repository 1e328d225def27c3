package io.headrace.flink.redis.connection;

/** Reads the reply to WAIT: fewer replicas than wanted are an error. */
final class WaitReply extends ReplyErrors {

  /** In the form of Redis' own error codes. */
  static final String CODE = "NOTREPLICATED";

  private final int wanted;

  WaitReply(int wanted) {
    this.wanted = wanted;
  }

  @Override
  public void set(long acknowledged) {
    if (acknowledged < wanted) {
      error = CODE + " acknowledged by " + acknowledged + " of " + wanted + " replicas";
    }
  }
}
