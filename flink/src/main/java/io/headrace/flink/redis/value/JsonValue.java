package io.headrace.flink.redis.value;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Writes the values of one type as JSON, NULL included. Numbers and booleans are JSON's own, except
 * NaN and the infinities, which JSON lacks; those, and all other types, are the strings of {@link
 * ValueFormat}.
 */
interface JsonValue extends Serializable {

  void writeNonNull(JsonGenerator json, Object value) throws IOException;

  default void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      writeNonNull(json, value);
    }
  }

  static JsonValue of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> (json, value) -> json.writeBoolean((boolean) value);
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          (json, value) -> json.writeNumber(((Number) value).longValue());
      case FLOAT -> (json, value) -> json.writeNumber((float) value);
      case DOUBLE -> (json, value) -> json.writeNumber((double) value);
      case DECIMAL -> (json, value) -> json.writeNumber(((DecimalData) value).toBigDecimal());
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case MULTISET -> map(((MultisetType) type).getElementType(), new IntType(false));
      case ROW, STRUCTURED_TYPE -> row(type);
      case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
      default -> {
        ValueFormat format = ValueFormat.of(type);
        yield (json, value) -> json.writeString(format.text(value));
      }
    };
  }

  private static JsonValue array(LogicalType elementType) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    JsonValue element = of(elementType);
    return (json, value) -> {
      ArrayData array = (ArrayData) value;
      json.writeStartArray();
      for (int i = 0; i < array.size(); i++) {
        element.write(json, getter.getElementOrNull(array, i));
      }
      json.writeEndArray();
    };
  }

  /** JSON's keys are strings: another key is written as it would be in a hash field. */
  private static JsonValue map(LogicalType keyType, LogicalType valueType) {
    ArrayData.ElementGetter keyGetter = ArrayData.createElementGetter(keyType);
    ArrayData.ElementGetter valueGetter = ArrayData.createElementGetter(valueType);
    ValueFormat keyFormat = ValueFormat.of(keyType);
    JsonValue element = of(valueType);
    return (json, value) -> {
      MapData map = (MapData) value;
      json.writeStartObject();
      for (int i = 0; i < map.size(); i++) {
        Object key = keyGetter.getElementOrNull(map.keyArray(), i);
        json.writeFieldName(key == null ? "null" : keyFormat.text(key));
        element.write(json, valueGetter.getElementOrNull(map.valueArray(), i));
      }
      json.writeEndObject();
    };
  }

  private static JsonValue row(LogicalType type) {
    List<String> names = LogicalTypeChecks.getFieldNames(type);
    List<LogicalType> types = LogicalTypeChecks.getFieldTypes(type);
    RowData.FieldGetter[] getters = new RowData.FieldGetter[names.size()];
    JsonValue[] fields = new JsonValue[names.size()];
    for (int i = 0; i < fields.length; i++) {
      getters[i] = RowData.createFieldGetter(types.get(i), i);
      fields[i] = of(types.get(i));
    }
    List<String> serializableNames = List.copyOf(names);
    return (json, value) -> {
      json.writeStartObject();
      for (int i = 0; i < fields.length; i++) {
        json.writeFieldName(serializableNames.get(i));
        fields[i].write(json, getters[i].getFieldOrNull((RowData) value));
      }
      json.writeEndObject();
    };
  }
}
