package io.headrace.flink.redis.key;

import java.io.ByteArrayOutputStream;

/** Redis' patterns, as in SCAN MATCH. */
final class Glob {

  static final char ANY = '*';

  private Glob() {}

  /** Only these four are special outside brackets. */
  static void appendLiteral(ByteArrayOutputStream pattern, byte[] text) {
    for (byte character : text) {
      if (character == '*' || character == '?' || character == '[' || character == '\\') {
        pattern.write('\\');
      }
      pattern.write(character);
    }
  }
}
