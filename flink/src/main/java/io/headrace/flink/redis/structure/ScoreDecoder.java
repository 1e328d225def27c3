package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.math.BigDecimal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** From a score, which Redis keeps as a DOUBLE, to a value of its column. */
final class ScoreDecoder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LogicalTypeRoot type;
  private final ValueFormat format;

  ScoreDecoder(LogicalType type, ValueFormat format) {
    this.type = type.getTypeRoot();
    this.format = format;
  }

  /**
   * @throws IllegalArgumentException saying what the score is and what is expected
   */
  Object value(double score) {
    boolean fits =
        switch (type) {
          case DOUBLE -> true;
          case FLOAT -> Math.abs(score) <= Float.MAX_VALUE || Double.isInfinite(score);
          default -> false;
        };
    if (!fits) {
      return format.fromText(text(score));
    }
    return type == LogicalTypeRoot.FLOAT ? (Object) (float) score : (Object) score;
  }

  /** Without an exponent, and whole numbers without a fraction. */
  private static String text(double score) {
    if (Double.isInfinite(score)) {
      return Double.toString(score);
    }
    return score == Math.rint(score)
        ? new BigDecimal(score).toPlainString()
        : BigDecimal.valueOf(score).toPlainString();
  }
}
