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

  @Override
  public Object fromText(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Malformed.value(text, "BYTES", "Base64, such as AQID");
    }
  }

  @Override
  public Object fromBytes(byte[] bytes) {
    return bytes;
  }
}
