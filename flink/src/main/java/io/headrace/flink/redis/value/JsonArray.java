package io.headrace.flink.redis.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.types.logical.ArrayType;

/** An ARRAY as a JSON array. */
final class JsonArray extends JsonValue {

  private static final long serialVersionUID = 1L;

  private final ArrayData.ElementGetter getter;
  private final JsonValue element;

  JsonArray(ArrayType type) {
    super(type);
    this.getter = ArrayData.createElementGetter(type.getElementType());
    this.element = JsonValue.of(type.getElementType());
  }

  @Override
  void writeNonNull(JsonGenerator json, Object value) throws IOException {
    ArrayData array = (ArrayData) value;
    json.writeStartArray();
    for (int i = 0; i < array.size(); i++) {
      element.write(json, getter.getElementOrNull(array, i));
    }
    json.writeEndArray();
  }

  @Override
  Object readNonNull(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY, "a JSON array");
    List<Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read(json));
    }
    return new GenericArrayData(elements.toArray());
  }
}
