package io.headrace.flink.redis.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import org.apache.flink.table.data.TimestampData;

/**
 * Timestamps as ISO-8601, always with milliseconds, so that they sort. A TIMESTAMP_LTZ is written
 * in UTC, as Flink keeps it, and read with any offset.
 */
final class TimestampFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  private final boolean utc;
  private final int precision;

  private TimestampFormat(boolean utc, int precision) {
    this.utc = utc;
    this.precision = precision;
  }

  static TimestampFormat local(int precision) {
    return new TimestampFormat(false, precision);
  }

  static TimestampFormat utc(int precision) {
    return new TimestampFormat(true, precision);
  }

  @Override
  public String text(Object value) {
    return new String(bytes(value), StandardCharsets.ISO_8859_1);
  }

  @Override
  public byte[] bytes(Object value) {
    return TimestampText.write((TimestampData) value, utc);
  }

  @Override
  public Object fromText(String text) {
    try {
      return TimestampText.read(text, utc, precision);
    } catch (DateTimeException | ArithmeticException e) {
      String type = utc ? "TIMESTAMP_LTZ" : "TIMESTAMP";
      String expected =
          utc
              ? "a time with its offset, such as 2026-11-21T03:22:08.123Z or"
                  + " 2026-11-21T11:22:08+08:00"
              : "a time without an offset, such as 2026-11-21T03:22:08.123";
      throw Malformed.value(text, type + "(" + precision + ")", expected);
    }
  }
}
