package io.headrace.flink.redis.value;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.types.logical.LogicalType;

/** Arrays, maps and rows are one hash field each, as JSON. */
final class JsonFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;
  private static final JsonFactory FACTORY =
      new JsonFactory().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private final JsonValue value;

  JsonFormat(LogicalType type) {
    this.value = JsonValue.of(type);
  }

  @Override
  public String text(Object object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      value.write(json, object);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString();
  }
}
