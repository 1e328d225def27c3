package io.headrace.flink.redis.value;

/**
 * Doubles with at most three decimals by hand, in the text that Java has for them: prices, counts
 * and rounded scores are such, and the algorithm for all doubles takes twice as long.
 */
final class ShortDouble {

  private static final int DECIMALS = 3;
  private static final int UNIT = 1000;

  /** From here on Java writes an exponent. */
  private static final double END = 1e7;

  private ShortDouble() {}

  /** Null if the number has more decimals, an exponent, or no sign to be seen: 0.0 and -0.0. */
  static byte[] bytes(double number) {
    double magnitude = Math.abs(number);
    if (!(magnitude > 0 && magnitude < END)) {
      return null;
    }
    // Not more than ten digits: so if they make the number, no others that are as few do.
    long units = Math.round(magnitude * UNIT);
    if ((double) units / UNIT != magnitude) {
      return null;
    }
    int whole = (int) (units / UNIT);
    int fraction = (int) (units % UNIT);
    int decimals = DECIMALS;
    while (decimals > 1 && fraction % 10 == 0) {
      fraction /= 10;
      decimals--;
    }
    int sign = number < 0 ? 1 : 0;
    int point = sign + digits(whole);
    byte[] text = new byte[point + 1 + decimals];
    put(text, text.length, decimals, fraction);
    text[point] = '.';
    put(text, point, point - sign, whole);
    if (sign > 0) {
      text[0] = '-';
    }
    return text;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int end = 10; number >= end; end *= 10) {
      digits++;
    }
    return digits;
  }

  private static void put(byte[] text, int end, int digits, int number) {
    int rest = number;
    for (int i = end - 1; i >= end - digits; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
