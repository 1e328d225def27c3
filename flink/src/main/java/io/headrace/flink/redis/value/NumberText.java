package io.headrace.flink.redis.value;

/** What keeps Java's lenient number parsers from reading more than numbers. */
final class NumberText {

  private NumberText() {}

  /**
   * Whether the text has the characters of a decimal number only. Java's parsers alone would also
   * take surrounding spaces, suffixes such as {@code 1d}, hexadecimal and other scripts' digits.
   */
  static boolean isPlausible(String text) {
    if (text.isEmpty() || text.charAt(0) == '+') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean known =
          character >= '0' && character <= '9'
              || character == '-'
              || character == '.'
              || character == 'E'
              || character == 'e'
              || character == '+';
      if (!known) {
        return false;
      }
    }
    return true;
  }
}
