package io.headrace.flink.redis.value;

import java.nio.charset.StandardCharsets;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.NumberOutput;

/** The shortest text that reads back as the same number; NaN, Infinity and -Infinity as in Java. */
enum FloatingPointFormat implements ValueFormat {
  FLOAT {
    @Override
    public String text(Object value) {
      return NumberOutput.toString((float) value, true);
    }

    @Override
    Number parse(String text) {
      return Float.parseFloat(text);
    }
  },
  DOUBLE {
    @Override
    public String text(Object value) {
      return NumberOutput.toString((double) value, true);
    }

    @Override
    public byte[] bytes(Object value) {
      byte[] text = ShortDouble.bytes((double) value);
      return text == null ? super.bytes(value) : text;
    }

    @Override
    Number parse(String text) {
      return Double.parseDouble(text);
    }
  };

  abstract Number parse(String text);

  @Override
  public byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public Object fromText(String text) {
    // What Java writes, and what Redis and Python write.
    switch (text) {
      case "NaN", "nan":
        return parse("NaN");
      case "Infinity", "inf":
        return parse("Infinity");
      case "-Infinity", "-inf":
        return parse("-Infinity");
      default:
    }
    if (!NumberText.isPlausible(text)) {
      throw malformed(text);
    }
    Number number;
    try {
      number = parse(text);
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
    if (Double.isInfinite(number.doubleValue())) {
      throw malformed(text);
    }
    return number;
  }

  private IllegalArgumentException malformed(String text) {
    return Malformed.value(
        text,
        name(),
        "a number in the type's range, such as 0.5 or 1.0E-7, or NaN, Infinity or -Infinity");
  }
}
