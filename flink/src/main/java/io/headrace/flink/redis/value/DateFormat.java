package io.headrace.flink.redis.value;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates as ISO-8601; Flink keeps the days since 1970-01-01. */
final class DateFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public String text(Object days) {
    return LocalDate.ofEpochDay((int) days).toString();
  }

  @Override
  public Object fromText(String text) {
    try {
      return Math.toIntExact(LocalDate.parse(text).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      throw Malformed.value(text, "DATE", "a date such as 2026-11-21");
    }
  }
}
