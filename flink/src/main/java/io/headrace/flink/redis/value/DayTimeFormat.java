package io.headrace.flink.redis.value;

import java.time.DateTimeException;
import java.time.Duration;

/** Intervals of days to seconds as ISO-8601; Flink keeps milliseconds. */
final class DayTimeFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public String text(Object milliseconds) {
    return Duration.ofMillis((long) milliseconds).toString();
  }

  @Override
  public Object fromText(String text) {
    try {
      return Duration.parse(text).toMillis();
    } catch (DateTimeException | ArithmeticException e) {
      throw Malformed.value(text, "INTERVAL DAY TO SECOND", "a duration such as P1DT2H or PT0.5S");
    }
  }
}
