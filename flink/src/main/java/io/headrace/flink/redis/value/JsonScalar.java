package io.headrace.flink.redis.value;

import java.io.IOException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Numbers and booleans are JSON's own, except NaN and the infinities, which JSON lacks; those, and
 * all other types, are the strings of {@link ValueFormat}. Numbers are read from strings too:
 * clients in JavaScript must write a BIGINT so.
 */
final class JsonScalar extends JsonValue {

  private static final long serialVersionUID = 1L;

  private final LogicalTypeRoot root;
  private final ValueFormat format;

  JsonScalar(LogicalType type) {
    super(type);
    this.root = type.getTypeRoot();
    this.format = ValueFormat.of(type);
  }

  @Override
  void writeNonNull(JsonGenerator json, Object value) throws IOException {
    switch (root) {
      case BOOLEAN -> json.writeBoolean((boolean) value);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> json.writeNumber(((Number) value).longValue());
      case FLOAT -> json.writeNumber((float) value);
      case DOUBLE -> json.writeNumber((double) value);
      case DECIMAL -> json.writeNumber(((DecimalData) value).toBigDecimal());
      default -> json.writeString(format.text(value));
    }
  }

  @Override
  Object readNonNull(JsonParser json) throws IOException {
    boolean expected =
        switch (json.currentToken()) {
          case VALUE_STRING -> true;
          case VALUE_TRUE, VALUE_FALSE -> root == LogicalTypeRoot.BOOLEAN;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isNumber();
          default -> false;
        };
    if (!expected) {
      throw Malformed.value(
          json.getText(), type(), "a JSON " + (isNumber() ? "number" : nameInJson()));
    }
    return format.fromText(json.getText());
  }

  private boolean isNumber() {
    return switch (root) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  private String nameInJson() {
    return root == LogicalTypeRoot.BOOLEAN ? "true or false" : "string";
  }
}
