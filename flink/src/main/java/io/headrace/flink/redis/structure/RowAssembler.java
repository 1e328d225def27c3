package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;

/**
 * Puts rows together: columns from the key, columns from the value, metadata.
 *
 * <p>Fields are those columns that are read from the value, numbered in the order of {@link
 * #fieldColumns}.
 */
final class RowAssembler implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final RowShape shape;

  /** For each column of the row: its position in the key, or negative. */
  private final int[] inKey;

  private final List<Integer> fieldColumns = new ArrayList<>();
  private final List<Integer> fieldPositions = new ArrayList<>();

  RowAssembler(TableLayout layout, RowShape shape) {
    this.layout = layout;
    this.shape = shape;
    Map<Integer, Integer> keyPositions = new HashMap<>();
    int[] keyColumns = layout.key().columns();
    for (int i = 0; i < keyColumns.length; i++) {
      keyPositions.put(keyColumns[i], i);
    }
    inKey = new int[shape.columns().size()];
    for (int i = 0; i < inKey.length; i++) {
      int column = shape.columns().get(i);
      inKey[i] = keyPositions.getOrDefault(column, -1);
      if (inKey[i] < 0) {
        fieldColumns.add(column);
        fieldPositions.add(i);
      }
    }
  }

  TableLayout layout() {
    return layout;
  }

  boolean hasTtl() {
    return shape.ttl();
  }

  /** The table's columns that are to be read from the value. */
  List<Integer> fieldColumns() {
    return fieldColumns;
  }

  /** The number of the field, or negative if that column is not to be read from the value. */
  int fieldOf(int column) {
    return fieldColumns.indexOf(column);
  }

  /** The fields' names in Redis. */
  byte[][] fieldNames() {
    return fieldColumns.stream()
        .map(column -> layout.columns().get(column).getBytes(UTF_8))
        .toArray(byte[][]::new);
  }

  /** A row with all but its fields. */
  GenericRowData row(RowPlace place, @Nullable Long ttlMillis) {
    GenericRowData row = new GenericRowData(shape.arity());
    for (int i = 0; i < inKey.length; i++) {
      if (inKey[i] >= 0) {
        row.setField(i, place.keyValues()[inKey[i]]);
      }
    }
    if (shape.ttl()) {
      row.setField(shape.ttlPosition(), ttlMillis);
    }
    return row;
  }

  void set(GenericRowData row, int field, Object value) {
    row.setField(fieldPositions.get(field), value);
  }

  /**
   * @param bytes as they stand in Redis; null for an absent field
   * @throws UnreadableRowException if they are not a value of the column
   */
  void read(GenericRowData row, RowPlace place, int field, @Nullable byte[] bytes) {
    int column = fieldColumns.get(field);
    if (bytes != null) {
      ValueFormat format = layout.formats().get(column);
      set(row, field, value(place, field, () -> format.fromBytes(bytes)));
    } else if (!layout.types().get(column).isNullable()) {
      throw UnreadableRowException.absent(layout, place, "field " + quoted(column));
    }
  }

  /** What reads a value, with the place added to its error. */
  Object value(RowPlace place, int field, Supplier<Object> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      int column = fieldColumns.get(field);
      throw UnreadableRowException.malformed(layout, place, "field " + quoted(column), e);
    }
  }

  private String quoted(int column) {
    return "'" + layout.columns().get(column) + "'";
  }
}
