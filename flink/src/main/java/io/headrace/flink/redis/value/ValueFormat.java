package io.headrace.flink.redis.value;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * How the non-null values of one column are written in a hash field. There is one class per shape
 * of value, chosen once per column by {@link #of}.
 */
public interface ValueFormat extends Serializable {

  /** The value as text, for keys and inside JSON. */
  String text(Object value);

  /** The value as it stands in the hash field. */
  default byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws UnsupportedOperationException saying what to do, if Redis has no form for the type
   */
  static ValueFormat of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, CHAR, VARCHAR ->
          Object::toString;
      case DECIMAL -> value -> ((DecimalData) value).toBigDecimal().toPlainString();
      case DATE -> TimeFormats::date;
      case TIME_WITHOUT_TIME_ZONE -> TimeFormats::time;
      case TIMESTAMP_WITHOUT_TIME_ZONE -> TimeFormats::timestamp;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimeFormats::timestampInUtc;
      case BINARY, VARBINARY -> new BinaryFormat();
      case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> new JsonFormat(type);
      case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
      default ->
          throw new UnsupportedOperationException(
              String.format(
                  "a %s cannot be stored in Redis. Declare the column STRING and insert"
                      + " CAST(… AS STRING).",
                  type.asSummaryString()));
    };
  }
}
