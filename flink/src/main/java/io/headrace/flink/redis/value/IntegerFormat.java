package io.headrace.flink.redis.value;

import java.util.Arrays;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.NumberOutput;

/** Whole numbers, in decimal digits. */
enum IntegerFormat implements ValueFormat {
  TINYINT(Byte.MIN_VALUE, Byte.MAX_VALUE) {
    @Override
    Object box(long number) {
      return (byte) number;
    }
  },
  SMALLINT(Short.MIN_VALUE, Short.MAX_VALUE) {
    @Override
    Object box(long number) {
      return (short) number;
    }
  },
  INT(Integer.MIN_VALUE, Integer.MAX_VALUE) {
    @Override
    Object box(long number) {
      return (int) number;
    }
  },
  BIGINT(Long.MIN_VALUE, Long.MAX_VALUE) {
    @Override
    Object box(long number) {
      return number;
    }
  };

  /** Of Long.MIN_VALUE. */
  private static final int MOST_CHARACTERS = 20;

  private final long minimum;
  private final long maximum;

  IntegerFormat(long minimum, long maximum) {
    this.minimum = minimum;
    this.maximum = maximum;
  }

  abstract Object box(long number);

  @Override
  public String text(Object value) {
    return Long.toString(((Number) value).longValue());
  }

  @Override
  public byte[] bytes(Object value) {
    byte[] digits = new byte[MOST_CHARACTERS];
    int end = NumberOutput.outputLong(((Number) value).longValue(), digits, 0);
    return Arrays.copyOf(digits, end);
  }

  @Override
  public Object fromText(String text) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
    if (number < minimum || number > maximum || !hasOnlyDigits(text)) {
      throw malformed(text);
    }
    return box(number);
  }

  /** Java also takes a plus sign, and the digits of other scripts. */
  private static boolean hasOnlyDigits(String text) {
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private IllegalArgumentException malformed(String text) {
    return Malformed.value(
        text, name(), "a whole number from " + minimum + " to " + maximum + ", digits only");
  }
}
