package io.headrace.flink.redis.key;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Percent-encodes, in the values of a key, each character that could be mistaken for the end of the
 * value.
 */
final class PercentCode implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

  /** Of '%' and two hexadecimal digits. */
  private static final int ESCAPE_LENGTH = 3;

  /** By ASCII code. */
  private final boolean[] reserved = new boolean[128];

  /** The UTF-8 bytes of the other reserved characters. */
  private final byte[][] reservedSequences;

  private PercentCode(Set<String> characters) {
    List<byte[]> sequences = new ArrayList<>();
    for (String character : characters) {
      byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
      if (bytes.length == 1) {
        reserved[bytes[0]] = true;
      } else {
        sequences.add(bytes);
      }
    }
    this.reservedSequences = sequences.toArray(new byte[0][]);
  }

  /**
   * @param literals the text after each value; may be empty after the last
   * @throws IllegalArgumentException if a literal cannot be told from an encoded value
   */
  static PercentCode before(List<String> literals) {
    // The colon always, so that a key reads the same whatever the other separators are.
    Set<String> characters = new LinkedHashSet<>(List.of("%", ":"));
    for (String literal : literals) {
      if (literal.startsWith("%")) {
        throw new IllegalArgumentException(
            String.format(
                "the text '%s' after a column begins with '%%', which stands for encoded"
                    + " characters. Begin it with another character, such as ':'.",
                literal));
      }
      if (!literal.isEmpty()) {
        characters.add(firstCharacter(literal));
      }
    }
    return new PercentCode(characters);
  }

  private static String firstCharacter(String literal) {
    return literal.substring(0, literal.offsetByCodePoints(0, 1));
  }

  byte[] encode(byte[] value) {
    int plain = 0;
    while (plain < value.length && reservedLength(value, plain) == 0) {
      plain++;
    }
    if (plain == value.length) {
      return value;
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(value.length + 8);
    encoded.write(value, 0, plain);
    int position = plain;
    while (position < value.length) {
      int length = reservedLength(value, position);
      if (length == 0) {
        encoded.write(value[position]);
        position++;
      }
      for (int end = position + length; position < end; position++) {
        encoded.write('%');
        encoded.write(HEXADECIMAL.toHighHexDigit(value[position]));
        encoded.write(HEXADECIMAL.toLowHexDigit(value[position]));
      }
    }
    return encoded.toByteArray();
  }

  /** The bytes of the reserved character at the position; 0 if there is none. */
  private int reservedLength(byte[] value, int position) {
    if (value[position] >= 0) {
      return reserved[value[position]] ? 1 : 0;
    }
    for (byte[] sequence : reservedSequences) {
      if (isAt(value, position, sequence)) {
        return sequence.length;
      }
    }
    return 0;
  }

  private static boolean isAt(byte[] bytes, int position, byte[] sequence) {
    int end = position + sequence.length;
    return end <= bytes.length && Arrays.equals(bytes, position, end, sequence, 0, sequence.length);
  }

  /**
   * Where the encoded value ends that starts at the position: at the first literal outside an
   * encoded character. Negative if there is none.
   */
  int end(byte[] key, int start, byte[] literal) {
    int position = start;
    while (position < key.length) {
      if (key[position] == '%') {
        position += ESCAPE_LENGTH;
      } else if (isAt(key, position, literal)) {
        return position;
      } else {
        position++;
      }
    }
    return -1;
  }

  /**
   * @throws IllegalArgumentException if a '%' is not followed by two hexadecimal digits
   */
  byte[] decode(byte[] encoded) {
    ByteArrayOutputStream value = new ByteArrayOutputStream(encoded.length);
    int position = 0;
    while (position < encoded.length) {
      if (encoded[position] != '%') {
        value.write(encoded[position]);
        position++;
      } else if (position + ESCAPE_LENGTH > encoded.length) {
        throw new IllegalArgumentException("a '%' without two hexadecimal digits");
      } else {
        value.write(
            HexFormat.fromHexDigit(encoded[position + 1]) << 4
                | HexFormat.fromHexDigit(encoded[position + 2]));
        position += ESCAPE_LENGTH;
      }
    }
    return value.toByteArray();
  }
}
