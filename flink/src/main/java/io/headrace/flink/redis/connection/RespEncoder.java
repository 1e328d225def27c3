package io.headrace.flink.redis.connection;

import io.netty.buffer.ByteBuf;

/** Writes commands as Redis reads them (RESP): an array of byte strings with their lengths. */
final class RespEncoder {

  /** Digits of an int, and the CR LF and the sign around it. */
  private static final int LENGTH_BYTES = 13;

  private RespEncoder() {}

  static void encode(PipelineCommand command, ByteBuf out) {
    byte[][] arguments = command.arguments();
    String name = command.name();
    int size = 2 * LENGTH_BYTES + name.length() + 2;
    for (byte[] argument : arguments) {
      size += LENGTH_BYTES + argument.length + 2;
    }
    out.ensureWritable(size);
    length('*', arguments.length + 1, out);
    length('$', name.length(), out);
    for (int i = 0; i < name.length(); i++) {
      out.writeByte(name.charAt(i));
    }
    lineEnd(out);
    for (byte[] argument : arguments) {
      length('$', argument.length, out);
      out.writeBytes(argument);
      lineEnd(out);
    }
  }

  private static void length(char sign, int length, ByteBuf out) {
    out.writeByte(sign);
    if (length < 10) {
      out.writeByte('0' + length);
    } else {
      int unit = 10;
      while (length / unit >= 10) {
        unit *= 10;
      }
      for (; unit > 0; unit /= 10) {
        out.writeByte('0' + length / unit % 10);
      }
    }
    lineEnd(out);
  }

  private static void lineEnd(ByteBuf out) {
    out.writeShort('\r' << 8 | '\n');
  }
}
