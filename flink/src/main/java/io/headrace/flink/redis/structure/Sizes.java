package io.headrace.flink.redis.structure;

/** About how many bytes arguments take on the wire: their own, and a header each. */
final class Sizes {

  private static final int HEADER = 8;

  private Sizes() {}

  static int of(byte[] argument) {
    return argument.length + HEADER;
  }

  static int of(byte[][] arguments) {
    int size = 0;
    for (byte[] argument : arguments) {
      size += of(argument);
    }
    return size;
  }
}
