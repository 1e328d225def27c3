package io.headrace.flink.redis.value;

import java.nio.charset.StandardCharsets;
import org.apache.flink.table.types.logical.LogicalType;

/** Arrays, maps and rows are one value each, as JSON. */
final class JsonFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  private final JsonValue value;

  JsonFormat(LogicalType type) {
    // A field that is there has a value: NULL is an absent field.
    this.value = JsonValue.of(type.copy(false));
  }

  @Override
  public String text(Object object) {
    return new String(bytes(object), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(Object object) {
    return Json.write(value, object);
  }

  @Override
  public Object fromText(String text) {
    return fromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Object fromBytes(byte[] bytes) {
    return Json.read(value, bytes);
  }
}
