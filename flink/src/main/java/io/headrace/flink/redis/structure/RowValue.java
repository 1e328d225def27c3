package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.RowJson;
import java.io.Serializable;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** What a string, or an element of a list, holds of a row: one column's value, or all as JSON. */
interface RowValue extends Serializable {

  /** Null if the one column is NULL. */
  @Nullable
  byte[] bytes(RowData row);

  static RowValue of(TableLayout layout) {
    Integer column = layout.valueColumn();
    if (column == null) {
      int[] all = IntStream.range(0, layout.columns().size()).toArray();
      RowJson json = RowJson.of(layout.columns(), layout.types(), all);
      return json::bytes;
    }
    ColumnEncoder value = new ColumnEncoder(layout, column);
    return value::bytes;
  }
}
