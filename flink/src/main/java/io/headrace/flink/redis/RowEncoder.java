package io.headrace.flink.redis;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Turns a row into what Redis stores: the key from the primary key, and a hash with one field a
 * column. All that depends on a column's type is decided here once, not per row.
 */
final class RowEncoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String keyPrefix;
  private final int[] primaryKey;
  private final byte[][] names;
  private final RowData.FieldGetter[] getters;
  private final ValueFormat[] formats;

  RowEncoder(String table, String keyPrefix, RowType type, int[] primaryKey) {
    this.keyPrefix = keyPrefix;
    this.primaryKey = primaryKey;
    int columns = type.getFieldCount();
    this.names = new byte[columns][];
    this.getters = new RowData.FieldGetter[columns];
    this.formats = new ValueFormat[columns];
    for (int i = 0; i < columns; i++) {
      String name = type.getFieldNames().get(i);
      names[i] = name.getBytes(StandardCharsets.UTF_8);
      getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
      try {
        formats[i] = ValueFormat.of(type.getTypeAt(i));
      } catch (UnsupportedOperationException e) {
        throw new ValidationException(
            String.format("Table %s, column '%s': %s", table, name, e.getMessage()));
      }
    }
  }

  RowChange upsert(RowData row) {
    Map<byte[], byte[]> fields = new LinkedHashMap<>();
    List<byte[]> nulls = new ArrayList<>();
    for (int i = 0; i < formats.length; i++) {
      Object value = getters[i].getFieldOrNull(row);
      if (value == null) {
        nulls.add(names[i]);
      } else {
        fields.put(names[i], formats[i].bytes(value));
      }
    }
    return new RowChange(key(row), fields, nulls.toArray(new byte[0][]));
  }

  /** Needs only the primary key of the row: Flink may leave the other columns out. */
  RowChange delete(RowData row) {
    return RowChange.delete(key(row));
  }

  private String key(RowData row) {
    StringBuilder key = new StringBuilder(keyPrefix);
    for (int column : primaryKey) {
      String value = formats[column].text(getters[column].getFieldOrNull(row));
      key.append(':').append(primaryKey.length > 1 ? escape(value) : value);
    }
    return key.toString();
  }

  /** Without this, ('a:b', 'c') and ('a', 'b:c') would be one key. */
  private static String escape(String value) {
    return value.replace("%", "%25").replace(":", "%3A");
  }
}
