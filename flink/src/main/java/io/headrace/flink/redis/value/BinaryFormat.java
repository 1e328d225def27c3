package io.headrace.flink.redis.value;

import java.util.Base64;

/** Bytes go to Redis as they are; where text is needed (inside JSON), as Base64. */
final class BinaryFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public String text(Object value) {
    return Base64.getEncoder().encodeToString((byte[]) value);
  }

  @Override
  public byte[] bytes(Object value) {
    return (byte[]) value;
  }
}
