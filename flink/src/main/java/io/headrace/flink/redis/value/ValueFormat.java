package io.headrace.flink.redis.value;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How the non-null values of one type stand in Redis, written and read back. Values are Flink's
 * internal data structures (StringData, TimestampData, …). There is one class per shape of value,
 * chosen once per column by {@link #of}.
 *
 * <p>Reading is strict: what does not fit the type raises an IllegalArgumentException that says
 * what is wrong and which form is expected. Only a fraction of a second finer than the type's is
 * cut off, as Flink's CAST does, because other clients write microseconds wherever they go.
 */
public interface ValueFormat extends Serializable {

  /** The value as text, for keys and inside JSON. */
  String text(Object value);

  /** The value as it stands in Redis. The array may be the value's own: it is not to be changed. */
  default byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #text} has written.
   *
   * @throws IllegalArgumentException saying what is wrong and which form is expected
   */
  Object fromText(String text);

  /**
   * Reads what {@link #bytes} has written.
   *
   * @throws IllegalArgumentException saying what is wrong and which form is expected
   */
  default Object fromBytes(byte[] bytes) {
    return fromText(new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * @throws UnsupportedOperationException saying what to do, if Redis has no form for the type
   */
  static ValueFormat of(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> new BooleanFormat();
      case TINYINT -> IntegerFormat.TINYINT;
      case SMALLINT -> IntegerFormat.SMALLINT;
      case INTEGER -> IntegerFormat.INT;
      case BIGINT -> IntegerFormat.BIGINT;
      case FLOAT -> FloatingPointFormat.FLOAT;
      case DOUBLE -> FloatingPointFormat.DOUBLE;
      case DECIMAL -> new DecimalFormat((DecimalType) type);
      case CHAR, VARCHAR -> new StringFormat();
      case BINARY, VARBINARY -> new BinaryFormat();
      case DATE -> new DateFormat();
      case TIME_WITHOUT_TIME_ZONE -> new TimeFormat();
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          TimestampFormat.local(LogicalTypeChecks.getPrecision(type));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampFormat.utc(LogicalTypeChecks.getPrecision(type));
      case INTERVAL_YEAR_MONTH -> new YearMonthFormat();
      case INTERVAL_DAY_TIME -> new DayTimeFormat();
      case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE -> new JsonFormat(type);
      case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
      default ->
          throw new UnsupportedOperationException(
              String.format(
                  "a %s cannot be stored in Redis. Declare the column STRING and insert"
                      + " CAST(… AS STRING).",
                  type.copy(true).asSummaryString()));
    };
  }
}
