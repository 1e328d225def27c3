package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** A column's value in a row, as it stands in Redis. */
final class ColumnEncoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final byte[] nameBytes;
  private final RowData.FieldGetter getter;
  private final ValueFormat format;

  ColumnEncoder(TableLayout layout, int column) {
    this.name = layout.columns().get(column);
    this.nameBytes = name.getBytes(UTF_8);
    this.getter = RowData.createFieldGetter(layout.types().get(column), column);
    this.format = layout.formats().get(column);
  }

  static List<ColumnEncoder> all(TableLayout layout) {
    return IntStream.range(0, layout.columns().size())
        .mapToObj(column -> new ColumnEncoder(layout, column))
        .toList();
  }

  String name() {
    return name;
  }

  byte[] nameBytes() {
    return nameBytes;
  }

  /**
   * @return null for NULL
   * @throws IllegalArgumentException naming the column, what is wrong and what to do
   */
  @Nullable
  byte[] bytes(RowData row) {
    Object value = getter.getFieldOrNull(row);
    if (value == null) {
      return null;
    }
    try {
      return format.bytes(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("column '" + name + "': " + e.getMessage(), e);
    }
  }
}
