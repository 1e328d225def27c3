package io.headrace.flink.redis.value;

/** The one form of the errors about values that do not fit their type. */
final class Malformed {

  private static final int SHOWN_CHARACTERS = 60;

  private Malformed() {}

  /**
   * @param type such as TINYINT
   * @param expected the form to write instead, such as "a whole number from -128 to 127"
   */
  static IllegalArgumentException value(String text, String type, String expected) {
    return new IllegalArgumentException(
        String.format("'%s' is not a value of %s: expected %s.", shown(text), type, expected));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
