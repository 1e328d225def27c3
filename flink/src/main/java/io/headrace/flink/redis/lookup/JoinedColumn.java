package io.headrace.flink.redis.lookup;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalSerializers;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A column that rows are joined by.
 *
 * @param inKeys reads it among the values that a row is joined by
 * @param inRow reads it in the table's row
 */
record JoinedColumn(
    RowData.FieldGetter inKeys,
    RowData.FieldGetter inRow,
    TypeSerializer<Object> serializer,
    ValueFormat format)
    implements Serializable {

  static JoinedColumn of(int positionInKeys, int positionInRow, LogicalType type) {
    // Of a nullable type, so that it sees a NULL where the type promises none.
    LogicalType nullable = type.copy(true);
    return new JoinedColumn(
        RowData.createFieldGetter(nullable, positionInKeys),
        RowData.createFieldGetter(nullable, positionInRow),
        InternalSerializers.create(nullable),
        ValueFormat.of(type));
  }

  /** The one value, copied: it may stand in memory that Flink uses again. None for NULL. */
  List<Object> values(RowData joinKeys) {
    Object value = inKeys.getFieldOrNull(joinKeys);
    return value == null ? List.of() : List.of(serializer.copy(value));
  }

  /** As SQL's '=' does it. */
  boolean isEqual(RowData joinKeys, RowData row) {
    Object one = inKeys.getFieldOrNull(joinKeys);
    Object other = inRow.getFieldOrNull(row);
    if (one == null || other == null) {
      return false;
    }
    if (one instanceof Double || one instanceof Float) {
      // 0 and -0 are equal, NaN is not.
      return ((Number) one).doubleValue() == ((Number) other).doubleValue();
    }
    return format.text(one).equals(format.text(other));
  }
}
