package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.RowJson;
import java.io.Serializable;
import org.apache.flink.table.data.GenericRowData;

/** What a string, or an element of a list, gives to a row; the counterpart of {@link RowValue}. */
interface ValueDecoder extends Serializable {

  /**
   * Sets the row's fields.
   *
   * @throws UnreadableRowException if the bytes are not what the table stores
   */
  void read(GenericRowData row, RowPlace place, byte[] bytes);

  static ValueDecoder of(RowAssembler assembler) {
    TableLayout layout = assembler.layout();
    if (assembler.fieldColumns().isEmpty()) {
      return (row, place, bytes) -> {};
    }
    if (layout.valueColumn() != null) {
      int field = assembler.fieldOf(layout.valueColumn());
      return (row, place, bytes) -> assembler.read(row, place, field, bytes);
    }
    int[] columns = assembler.fieldColumns().stream().mapToInt(Integer::intValue).toArray();
    RowJson json = RowJson.of(layout.columns(), layout.types(), columns);
    return (row, place, bytes) -> {
      try {
        GenericRowData fields = json.fromBytes(bytes);
        for (int i = 0; i < columns.length; i++) {
          assembler.set(row, i, fields.getField(i));
        }
      } catch (IllegalArgumentException e) {
        throw UnreadableRowException.malformed(layout, place, "the row as JSON", e);
      }
    };
  }
}
