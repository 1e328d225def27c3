package io.headrace.flink.redis.connection;

import java.nio.charset.StandardCharsets;

/** Commands from strings. */
final class Commands {

  private Commands() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static PipelineCommand command(String name, String key, String... more) {
    byte[][] arguments = new byte[more.length][];
    for (int i = 0; i < more.length; i++) {
      arguments[i] = bytes(more[i]);
    }
    return PipelineCommand.onKey(name, bytes(key), arguments);
  }
}
