package io.headrace.flink.redis.value;

import java.time.DateTimeException;
import java.time.Period;

/** Intervals of years and months as ISO-8601; Flink keeps months. */
final class YearMonthFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public String text(Object months) {
    Period period = Period.ofMonths((int) months).normalized();
    return period.isZero() ? "P0M" : period.toString();
  }

  @Override
  public Object fromText(String text) {
    try {
      Period period = Period.parse(text);
      if (period.getDays() == 0) {
        return Math.toIntExact(period.toTotalMonths());
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Malformed all the same.
    }
    throw Malformed.value(
        text, "INTERVAL YEAR TO MONTH", "a period of years and months such as P1Y2M");
  }
}
