package io.headrace.flink.redis.connection;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;

/**
 * Reads replies and keeps nothing of them but an error. One such is enough for a connection, as
 * replies come one after the other.
 */
class ReplyErrors extends CommandOutput<byte[], byte[], Object> {

  private static final int NONE = -1;

  private boolean inArray;
  private int elements;
  private int errorElement = NONE;

  ReplyErrors() {
    super(ByteArrayCodec.INSTANCE, null);
  }

  @Override
  public void set(ByteBuffer bytes) {}

  @Override
  public void set(long integer) {}

  @Override
  public void setError(ByteBuffer words) {
    if (error == null) {
      error = decodeString(words);
      errorElement = inArray ? elements : NONE;
    }
  }

  @Override
  public void multi(int count) {
    inArray = true;
  }

  @Override
  public void complete(int depth) {
    if (depth == 1) {
      elements++;
    }
  }

  /** Where in an array, as the reply to EXEC is, the error stands; negative if it stands alone. */
  int errorElement() {
    return errorElement;
  }

  /** Makes it ready for the next reply. */
  void clear() {
    inArray = false;
    elements = 0;
    if (error != null) {
      error = null;
      errorElement = NONE;
    }
  }
}
