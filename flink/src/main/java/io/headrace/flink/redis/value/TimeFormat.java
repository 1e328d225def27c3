package io.headrace.flink.redis.value;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Times of day as ISO-8601; Flink keeps milliseconds, whatever the declared precision. */
final class TimeFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Override
  public String text(Object milliseconds) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(
        LocalTime.ofNanoOfDay((int) milliseconds * NANOS_PER_MILLI));
  }

  @Override
  public Object fromText(String text) {
    try {
      return (int) (LocalTime.parse(text).toNanoOfDay() / NANOS_PER_MILLI);
    } catch (DateTimeException e) {
      throw Malformed.value(text, "TIME", "a time of day such as 03:04:05.678");
    }
  }
}
