package io.headrace.flink.redis.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads one reply and keeps it: a Long, a byte[], null, or a List of these. */
final class KeptReply extends ReplyErrors {

  private final Deque<List<Object>> open = new ArrayDeque<>();

  @Override
  public void set(ByteBuffer bytes) {
    if (bytes == null) {
      add(null);
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      add(copy);
    }
  }

  @Override
  public void set(long integer) {
    add(integer);
  }

  @Override
  public void multi(int count) {
    super.multi(count);
    if (count < 0) {
      add(null);
    } else {
      List<Object> array = new ArrayList<>(count);
      add(array);
      open.push(array);
    }
  }

  private void add(Object value) {
    if (open.isEmpty()) {
      output = value;
    } else {
      open.peek().add(value);
    }
  }

  @Override
  public void complete(int depth) {
    super.complete(depth);
    while (open.size() > depth) {
      open.pop();
    }
  }
}
