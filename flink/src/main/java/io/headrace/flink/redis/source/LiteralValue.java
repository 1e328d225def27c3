package io.headrace.flink.redis.source;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * A literal of a query as a value of the column that it is compared with.
 *
 * <p>Only where SQL's equality and that of the texts in keys are the same. They are not for FLOAT
 * and DOUBLE: 0 and -0 are equal.
 */
final class LiteralValue {

  private LiteralValue() {}

  /** Flink's internal value; empty if the column has no such value, or it is not sure. */
  static Optional<Object> of(ValueLiteralExpression literal, LogicalType type) {
    if (literal.isNull() || !isComparable(literal.getOutputDataType().getLogicalType(), type)) {
      return Optional.empty();
    }
    try {
      return switch (type.getTypeRoot()) {
        case CHAR, VARCHAR -> literal.getValueAs(String.class).map(StringData::fromString);
        case BOOLEAN -> literal.getValueAs(Boolean.class).map(Object.class::cast);
        case TINYINT -> number(literal).map(BigDecimal::byteValueExact);
        case SMALLINT -> number(literal).map(BigDecimal::shortValueExact);
        case INTEGER -> number(literal).map(BigDecimal::intValueExact);
        case BIGINT -> number(literal).map(BigDecimal::longValueExact);
        case DECIMAL -> number(literal).map(it -> decimal(it, (DecimalType) type));
        case DATE ->
            literal.getValueAs(LocalDate.class).map(it -> Math.toIntExact(it.toEpochDay()));
        case TIMESTAMP_WITHOUT_TIME_ZONE ->
            literal
                .getValueAs(LocalDateTime.class)
                .map(it -> exact(TimestampData.fromLocalDateTime(it), type));
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
            literal.getValueAs(Instant.class).map(it -> exact(TimestampData.fromInstant(it), type));
        default -> Optional.empty();
      };
    } catch (ArithmeticException e) {
      // A number that the column cannot hold.
      return Optional.empty();
    }
  }

  private static boolean isComparable(LogicalType literal, LogicalType column) {
    for (LogicalTypeFamily family :
        new LogicalTypeFamily[] {
          LogicalTypeFamily.CHARACTER_STRING, LogicalTypeFamily.EXACT_NUMERIC
        }) {
      if (column.is(family)) {
        return literal.is(family);
      }
    }
    LogicalTypeRoot root = column.getTypeRoot();
    return literal.is(root);
  }

  private static Optional<BigDecimal> number(ValueLiteralExpression literal) {
    return literal.getValueAs(BigDecimal.class);
  }

  private static Object decimal(BigDecimal number, DecimalType type) {
    DecimalData value = DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale());
    if (value == null || value.toBigDecimal().compareTo(number) != 0) {
      throw new ArithmeticException("no value of " + type);
    }
    return value;
  }

  private static Object exact(TimestampData time, LogicalType type) {
    int unit = (int) Math.pow(10, 9 - LogicalTypeChecks.getPrecision(type));
    int nanos =
        Math.floorMod(time.getMillisecond(), 1000) * 1_000_000 + time.getNanoOfMillisecond();
    if (nanos % unit != 0) {
      throw new ArithmeticException("finer than " + type);
    }
    return time;
  }
}
