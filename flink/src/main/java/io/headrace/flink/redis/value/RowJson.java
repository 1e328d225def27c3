package io.headrace.flink.redis.value;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Chosen columns of a row as one JSON object, for values that are the JSON of the row. NULL is
 * written as null; a missing field reads as NULL; unknown fields are skipped.
 */
public final class RowJson implements Serializable {

  private static final long serialVersionUID = 1L;

  private final JsonValue row;

  private RowJson(JsonValue row) {
    this.row = row;
  }

  /**
   * @param columns indexes into names and types, in the order in which they are written and read
   * @throws UnsupportedOperationException saying which column and what to do, if JSON has no form
   *     for a type
   */
  public static RowJson of(
      List<String> columnNames, List<LogicalType> columnTypes, int... columns) {
    for (int column : columns) {
      try {
        JsonValue.of(columnTypes.get(column));
      } catch (UnsupportedOperationException e) {
        throw new UnsupportedOperationException(
            String.format("column '%s': %s", columnNames.get(column), e.getMessage()), e);
      }
    }
    return new RowJson(
        new JsonRow(RowType.of(false), List.copyOf(columnNames), columnTypes, columns));
  }

  /**
   * @param table a row with all columns of the table
   */
  public byte[] bytes(RowData table) {
    return Json.write(row, table);
  }

  /**
   * @return a row of the chosen columns only, in their order
   * @throws IllegalArgumentException saying which field, what is wrong and which form is expected
   */
  public GenericRowData fromBytes(byte[] bytes) {
    return (GenericRowData) Json.read(row, bytes);
  }
}
