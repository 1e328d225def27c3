package io.headrace.flink.redis.value;

import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;

/** Plain digits with the type's scale, never an exponent; an exponent is read all the same. */
final class DecimalFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  private final int precision;
  private final int scale;

  DecimalFormat(DecimalType type) {
    this.precision = type.getPrecision();
    this.scale = type.getScale();
  }

  @Override
  public String text(Object value) {
    return ((DecimalData) value).toBigDecimal().toPlainString();
  }

  @Override
  public Object fromText(String text) {
    if (!NumberText.isPlausible(text)) {
      throw malformed(text);
    }
    BigDecimal number;
    try {
      // Without trailing zeros, so that 1e-999999999 is refused before it is written out.
      number = new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
    long wholeDigits = (long) number.precision() - number.scale();
    if (number.signum() != 0 && (number.scale() > scale || wholeDigits > precision - scale)) {
      throw malformed(text);
    }
    return DecimalData.fromBigDecimal(number, precision, scale);
  }

  private IllegalArgumentException malformed(String text) {
    return Malformed.value(
        text,
        String.format("DECIMAL(%d, %d)", precision, scale),
        String.format(
            "a number with at most %d digits before the point and %d after it",
            precision - scale, scale));
  }
}
