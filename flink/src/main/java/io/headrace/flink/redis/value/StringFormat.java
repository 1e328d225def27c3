package io.headrace.flink.redis.value;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.StringData;

/**
 * Strings are their UTF-8 bytes, and bytes are taken as they are, as Flink's 'raw' format takes
 * them. Lengths are not checked: Flink does not check them either, unless it is told to.
 */
final class StringFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  /** By way of the bytes, so that half a surrogate pair is the same '?' in text and in bytes. */
  @Override
  public String text(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(Object value) {
    return ((StringData) value).toBytes();
  }

  @Override
  public Object fromText(String text) {
    return StringData.fromString(text);
  }

  @Override
  public Object fromBytes(byte[] bytes) {
    return StringData.fromBytes(bytes);
  }
}
