package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;

import io.headrace.flink.redis.server.Await;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

/** What tests do with readers. */
final class Readers {

  private Readers() {}

  /** Until the reader has found its way. */
  static void awaitValue(RedisReader reader, String key, String value) {
    Await.until(
        "the reader finds the value",
        () -> {
          try {
            return Arrays.equals(reader.async().get(bytes(key)).get(), bytes(value));
          } catch (ExecutionException e) {
            return false;
          }
        });
  }
}
