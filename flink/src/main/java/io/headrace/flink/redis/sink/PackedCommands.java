package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Commands on one key as MessagePack, which Redis' scripts can read: an array of commands, each an
 * array of its name and its arguments but the key.
 */
final class PackedCommands {

  private static final int FIXED_ARRAY = 0x90;
  private static final int FIXED_ARRAY_MAXIMUM = 15;
  private static final int ARRAY_16 = 0xdc;
  private static final int ARRAY_32 = 0xdd;
  private static final int FIXED_STRING = 0xa0;
  private static final int FIXED_STRING_MAXIMUM = 31;
  private static final int STRING_8 = 0xd9;
  private static final int STRING_16 = 0xda;
  private static final int STRING_32 = 0xdb;

  private PackedCommands() {}

  /**
   * @param commands each with the key as its first argument
   */
  static byte[] of(List<PipelineCommand> commands) {
    DataOutputSerializer out = new DataOutputSerializer(64 * commands.size());
    try {
      array(out, commands.size());
      for (PipelineCommand command : commands) {
        byte[][] arguments = command.arguments();
        array(out, arguments.length);
        string(out, command.name().getBytes(US_ASCII));
        for (int i = 1; i < arguments.length; i++) {
          string(out, arguments[i]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.getCopyOfBuffer();
  }

  private static void array(DataOutputSerializer out, int length) throws IOException {
    if (length <= FIXED_ARRAY_MAXIMUM) {
      out.writeByte(FIXED_ARRAY | length);
    } else if (length <= 0xffff) {
      out.writeByte(ARRAY_16);
      out.writeShort(length);
    } else {
      out.writeByte(ARRAY_32);
      out.writeInt(length);
    }
  }

  private static void string(DataOutputSerializer out, byte[] bytes) throws IOException {
    if (bytes.length <= FIXED_STRING_MAXIMUM) {
      out.writeByte(FIXED_STRING | bytes.length);
    } else if (bytes.length <= 0xff) {
      out.writeByte(STRING_8);
      out.writeByte(bytes.length);
    } else if (bytes.length <= 0xffff) {
      out.writeByte(STRING_16);
      out.writeShort(bytes.length);
    } else {
      out.writeByte(STRING_32);
      out.writeInt(bytes.length);
    }
    out.write(bytes);
  }
}
