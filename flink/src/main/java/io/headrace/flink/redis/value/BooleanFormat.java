package io.headrace.flink.redis.value;

/** {@code true} and {@code false}; 1 and 0 are numbers. */
final class BooleanFormat implements ValueFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public String text(Object value) {
    return (boolean) value ? "true" : "false";
  }

  @Override
  public Object fromText(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Malformed.value(text, "BOOLEAN", "true or false");
    };
  }
}
