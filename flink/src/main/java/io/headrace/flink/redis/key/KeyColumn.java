package io.headrace.flink.redis.key;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;

/** One column of a key. */
record KeyColumn(
    String name, int index, LogicalType type, RowData.FieldGetter getter, ValueFormat format)
    implements Serializable {

  /**
   * @throws IllegalArgumentException saying what is wrong and what to write
   */
  static KeyColumn of(String name, List<String> columnNames, List<LogicalType> columnTypes) {
    int index = columnNames.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              "there is no column '%s'. Name one of: %s.", name, String.join(", ", columnNames)));
    }
    LogicalType type = sourceType(columnTypes.get(index));
    try {
      checkHasOneText(type);
      return new KeyColumn(
          name,
          index,
          type,
          // Of a nullable type, so that it sees a NULL where the type promises none.
          RowData.createFieldGetter(type.copy(true), index),
          ValueFormat.of(type));
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          String.format("the column '%s' cannot be in a key: %s", name, e.getMessage()), e);
    }
  }

  private static LogicalType sourceType(LogicalType type) {
    return type instanceof DistinctType distinct ? distinct.getSourceType() : type;
  }

  private static void checkHasOneText(LogicalType type) {
    switch (type.getTypeRoot()) {
      case BINARY, VARBINARY ->
          throw new UnsupportedOperationException(
              String.format(
                  "keys are text, and a %s is not. Declare it STRING and insert TO_BASE64(…).",
                  type.copy(true).asSummaryString()));
      default -> checkHasOneOrder(type);
    }
  }

  private static void checkHasOneOrder(LogicalType type) {
    switch (type.getTypeRoot()) {
      case MAP, MULTISET ->
          throw new UnsupportedOperationException(
              String.format(
                  "the entries of a %s have no order, so that one value could be several keys."
                      + " Declare it STRING and insert it as text.",
                  type.copy(true).asSummaryString()));
      default -> type.getChildren().forEach(KeyColumn::checkHasOneOrder);
    }
  }

  Object value(RowData row) {
    return getter.getFieldOrNull(row);
  }

  /**
   * @throws IllegalArgumentException if the value is NULL
   */
  byte[] bytes(Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          String.format(
              "the key column '%s' is NULL, and a key cannot be. Leave such rows out with WHERE"
                  + " %s IS NOT NULL, or make it a value with COALESCE.",
              name, name));
    }
    return format.bytes(value);
  }

  Object fromBytes(byte[] bytes) {
    return format.fromBytes(bytes);
  }
}
