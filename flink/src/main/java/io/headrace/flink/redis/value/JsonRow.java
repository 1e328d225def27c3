package io.headrace.flink.redis.value;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Fields of a row as a JSON object. A missing field reads as NULL, and unknown fields are skipped:
 * so columns can be added on either side first.
 */
final class JsonRow extends JsonValue {

  private static final long serialVersionUID = 1L;

  private final String[] names;
  private final RowData.FieldGetter[] getters;
  private final JsonValue[] fields;
  private final Map<String, Integer> positions = new HashMap<>();

  /** All fields of a ROW or structured type. */
  JsonRow(LogicalType type) {
    this(
        type,
        LogicalTypeChecks.getFieldNames(type),
        LogicalTypeChecks.getFieldTypes(type),
        IntStream.range(0, LogicalTypeChecks.getFieldCount(type)).toArray());
  }

  /**
   * @param columns where in a written row the fields are; a row that was read has only them
   */
  JsonRow(
      LogicalType type, List<String> columnNames, List<LogicalType> columnTypes, int[] columns) {
    super(type);
    this.names = new String[columns.length];
    this.getters = new RowData.FieldGetter[columns.length];
    this.fields = new JsonValue[columns.length];
    for (int i = 0; i < columns.length; i++) {
      names[i] = columnNames.get(columns[i]);
      getters[i] = RowData.createFieldGetter(columnTypes.get(columns[i]), columns[i]);
      fields[i] = JsonValue.of(columnTypes.get(columns[i]));
      positions.put(names[i], i);
    }
  }

  @Override
  void writeNonNull(JsonGenerator json, Object value) throws IOException {
    RowData row = (RowData) value;
    json.writeStartObject();
    for (int i = 0; i < fields.length; i++) {
      json.writeFieldName(names[i]);
      fields[i].write(json, getters[i].getFieldOrNull(row));
    }
    json.writeEndObject();
  }

  @Override
  Object readNonNull(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT, "a JSON object with a field a column");
    GenericRowData row = new GenericRowData(fields.length);
    boolean[] seen = new boolean[fields.length];
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Integer position = positions.get(json.currentName());
      json.nextToken();
      if (position == null) {
        json.skipChildren();
      } else {
        row.setField(position, fields[position].read(json));
        seen[position] = true;
      }
    }
    for (int i = 0; i < fields.length; i++) {
      if (!seen[i] && !fields[i].isNullable()) {
        throw new IllegalArgumentException(
            String.format("the field '%s' (%s NOT NULL) is missing.", names[i], fields[i].type()));
      }
    }
    return row;
  }
}
