package io.headrace.flink.redis.value;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactoryBuilder;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamReadConstraints;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamReadFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamWriteFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.exc.StreamReadException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.util.ByteArrayBuilder;

/** One JSON document: the bytes of a value that has parts. */
final class Json {

  /**
   * Doubles are the shortest text, as in {@link FloatingPointFormat}. Field names are data where
   * they are a map's keys, so they are neither kept nor limited: what was written can be read.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  static byte[] write(JsonValue type, Object value) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
      try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
        type.write(json, value);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an array of bytes does no input or output", e);
    }
  }

  /**
   * @throws IllegalArgumentException saying where in the document, what is wrong and which form is
   *     expected
   */
  static Object read(JsonValue type, byte[] bytes) {
    try (JsonParser json = FACTORY.createParser(bytes)) {
      try {
        json.nextToken();
        Object value = type.read(json);
        if (json.nextToken() != null) {
          throw new IllegalArgumentException("there is more after the end of the JSON value.");
        }
        return value;
      } catch (IllegalArgumentException e) {
        String place = json.getParsingContext().pathAsPointer().toString();
        throw place.isEmpty() ? e : new IllegalArgumentException(place + ": " + e.getMessage(), e);
      }
    } catch (StreamReadException e) {
      throw new IllegalArgumentException(
          String.format(
              "the value is not JSON, at byte %d: %s. Expected what this table writes: UTF-8 JSON.",
              e.getLocation().getByteOffset(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the value is not UTF-8 JSON: " + e.getMessage(), e);
    }
  }
}
