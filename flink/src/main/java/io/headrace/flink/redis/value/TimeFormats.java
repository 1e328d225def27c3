package io.headrace.flink.redis.value;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.apache.flink.table.data.TimestampData;

/** Dates and times as ISO-8601 text; timestamps always with milliseconds, so that they sort. */
final class TimeFormats {

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, 3, 9, true)
          .toFormatter();

  private TimeFormats() {}

  static String date(Object days) {
    return LocalDate.ofEpochDay((int) days).toString();
  }

  static String time(Object milliseconds) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(
        LocalTime.ofNanoOfDay((int) milliseconds * 1_000_000L));
  }

  static String timestamp(Object value) {
    return TIMESTAMP.format(((TimestampData) value).toLocalDateTime());
  }

  /** Flink keeps a TIMESTAMP_LTZ in UTC. */
  static String timestampInUtc(Object value) {
    return timestamp(value) + "Z";
  }
}
