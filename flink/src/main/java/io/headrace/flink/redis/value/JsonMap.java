package io.headrace.flink.redis.value;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A MAP, or a MULTISET with its counts, as a JSON object. JSON's keys are strings: another key is
 * the text of {@link ValueFormat}.
 */
final class JsonMap extends JsonValue {

  private static final long serialVersionUID = 1L;

  private final ArrayData.ElementGetter keyGetter;
  private final ArrayData.ElementGetter valueGetter;
  private final ValueFormat key;
  private final JsonValue element;

  JsonMap(LogicalType type, LogicalType keyType, LogicalType valueType) {
    super(type);
    this.keyGetter = ArrayData.createElementGetter(keyType.copy(true));
    this.valueGetter = ArrayData.createElementGetter(valueType);
    this.key = ValueFormat.of(keyType);
    this.element = JsonValue.of(valueType);
  }

  @Override
  void writeNonNull(JsonGenerator json, Object value) throws IOException {
    MapData map = (MapData) value;
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    json.writeStartObject();
    for (int i = 0; i < keys.size(); i++) {
      Object keyValue = keyGetter.getElementOrNull(keys, i);
      if (keyValue == null) {
        throw new IllegalArgumentException(
            String.format(
                "a %s has a NULL key, for which JSON has no form. Leave the key out, or make it a"
                    + " value with COALESCE, before the INSERT.",
                type()));
      }
      json.writeFieldName(key.text(keyValue));
      element.write(json, valueGetter.getElementOrNull(values, i));
    }
    json.writeEndObject();
  }

  @Override
  Object readNonNull(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT, "a JSON object");
    Map<Object, Object> map = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Object keyValue = key.fromText(json.currentName());
      json.nextToken();
      map.put(keyValue, element.read(json));
    }
    return new GenericMapData(map);
  }
}
