package io.headrace.flink.redis.value;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/** Writes and reads the values of one type inside JSON, NULL included. */
abstract class JsonValue implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String type;
  private final boolean nullable;

  JsonValue(LogicalType type) {
    this.type = type.copy(true).asSummaryString();
    this.nullable = type.isNullable();
  }

  abstract void writeNonNull(JsonGenerator json, Object value) throws IOException;

  /** Starts at the first token of a value that is not null, ends at its last. */
  abstract Object readNonNull(JsonParser json) throws IOException;

  final void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      writeNonNull(json, value);
    }
  }

  final Object read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      return readNonNull(json);
    }
    if (nullable) {
      return null;
    }
    throw new IllegalArgumentException("null is not a value of " + type + " NOT NULL.");
  }

  final String type() {
    return type;
  }

  final boolean isNullable() {
    return nullable;
  }

  final void expect(JsonParser json, JsonToken token, String form) throws IOException {
    if (json.currentToken() != token) {
      throw Malformed.value(String.valueOf(json.getText()), type, form);
    }
  }

  static JsonValue of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case ARRAY -> new JsonArray((ArrayType) type);
      case MAP -> new JsonMap(type, ((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case MULTISET ->
          new JsonMap(type, ((MultisetType) type).getElementType(), new IntType(false));
      case ROW, STRUCTURED_TYPE -> new JsonRow(type);
      case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType().copy(type.isNullable()));
      default -> new JsonScalar(type);
    };
  }
}
