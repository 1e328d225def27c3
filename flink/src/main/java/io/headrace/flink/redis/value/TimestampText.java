package io.headrace.flink.redis.value;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.apache.flink.table.data.TimestampData;

/**
 * ISO-8601 by hand for the years 0 to 9999 and the one form that we write, because nearly all
 * timestamps are such and DateTimeFormatter takes ten times as long; by DateTimeFormatter for all
 * others.
 */
final class TimestampText {

  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANO_DIGITS = 9;
  private static final int MILLI_DIGITS = 3;

  /** Of yyyy-MM-ddTHH:mm:ss. */
  private static final int SECONDS_LENGTH = 19;

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, MILLI_DIGITS, NANO_DIGITS, true)
          .toFormatter();

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(NANO_OF_SECOND, 1, NANO_DIGITS, true)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private TimestampText() {}

  /**
   * @param utc whether a Z says that the time is in UTC
   */
  static byte[] write(TimestampData value, boolean utc) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(value.getMillisecond(), MILLIS_PER_DAY));
    int milliOfDay = (int) Math.floorMod(value.getMillisecond(), MILLIS_PER_DAY);
    int nanoOfMilli = value.getNanoOfMillisecond();
    if (date.getYear() < 0 || date.getYear() > 9999) {
      long nanoOfDay = (long) milliOfDay * NANOS_PER_MILLI + nanoOfMilli;
      String text = WRITTEN.format(date.atTime(LocalTime.ofNanoOfDay(nanoOfDay)));
      return (utc ? text + "Z" : text).getBytes(StandardCharsets.ISO_8859_1);
    }
    int fraction = milliOfDay % 1000;
    int digits = MILLI_DIGITS;
    if (nanoOfMilli != 0) {
      fraction = fraction * NANOS_PER_MILLI + nanoOfMilli;
      for (digits = NANO_DIGITS; fraction % 10 == 0; digits--) {
        fraction /= 10;
      }
    }
    byte[] text = new byte[SECONDS_LENGTH + 1 + digits + (utc ? 1 : 0)];
    int second = milliOfDay / 1000;
    put(text, 0, 4, date.getYear());
    text[4] = '-';
    put(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, second / 3600);
    text[13] = ':';
    put(text, 14, 2, second / 60 % 60);
    text[16] = ':';
    put(text, 17, 2, second % 60);
    text[SECONDS_LENGTH] = '.';
    put(text, SECONDS_LENGTH + 1, digits, fraction);
    if (utc) {
      text[text.length - 1] = 'Z';
    }
    return text;
  }

  private static void put(byte[] text, int start, int digits, int number) {
    int rest = number;
    for (int i = start + digits - 1; i >= start; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * @param utc whether the text must say its offset
   * @param precision the digits of the fraction that are kept
   * @throws DateTimeException if the text is no such time
   * @throws ArithmeticException if Flink cannot hold the time
   */
  static TimestampData read(String text, boolean utc, int precision) {
    LocalDateTime time = readWrittenForm(text, utc);
    ZoneOffset offset = ZoneOffset.UTC;
    if (time == null) {
      int end = utc ? offsetStart(text) : text.length();
      time = LocalDateTime.parse(withT(text.substring(0, end)), READ);
      offset = utc ? ZoneOffset.of(text.substring(end)) : offset;
    }
    int nano = time.getNano();
    for (int digits = precision, unit = 1; digits < NANO_DIGITS; digits++) {
      unit *= 10;
      nano -= nano % unit;
    }
    long milliseconds = time.withNano(nano).toInstant(offset).toEpochMilli();
    return TimestampData.fromEpochMillis(milliseconds, nano % NANOS_PER_MILLI);
  }

  /** Of Z, +08:00, +0800 or +08. */
  private static int offsetStart(String text) {
    int start =
        Math.max(text.lastIndexOf('Z'), Math.max(text.lastIndexOf('+'), text.lastIndexOf('-')));
    if (start < 0) {
      throw new DateTimeException("no offset");
    }
    return start;
  }

  /** SQL separates date and time by a space. */
  private static String withT(String text) {
    int space = text.indexOf(' ');
    return space < 0 || text.indexOf('T') >= 0
        ? text
        : text.substring(0, space) + 'T' + text.substring(space + 1);
  }

  /** Null if the text has another form, right or wrong. */
  private static LocalDateTime readWrittenForm(String text, boolean utc) {
    int end = utc ? text.length() - 1 : text.length();
    boolean written =
        end >= SECONDS_LENGTH
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (!utc || text.charAt(end) == 'Z');
    if (!written) {
      return null;
    }
    int nano = 0;
    if (end > SECONDS_LENGTH) {
      int digits = end - SECONDS_LENGTH - 1;
      if (text.charAt(SECONDS_LENGTH) != '.' || digits < 1 || digits > NANO_DIGITS) {
        return null;
      }
      nano = number(text, SECONDS_LENGTH + 1, digits);
      for (int i = digits; i < NANO_DIGITS; i++) {
        nano *= 10;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    if ((year | month | day | hour | minute | second | nano) < 0) {
      return null;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nano);
  }

  /** Negative if there is anything but digits. */
  private static int number(String text, int start, int digits) {
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      char character = text.charAt(i);
      if (character < '0' || character > '9') {
        return -1;
      }
      number = number * 10 + character - '0';
    }
    return number;
  }
}
