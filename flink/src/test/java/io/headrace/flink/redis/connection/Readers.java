package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;

import io.headrace.flink.redis.server.Await;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
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

  /** The keys of all primaries. */
  static Set<String> scan(RedisReader reader, String pattern) throws Exception {
    Set<String> keys = new TreeSet<>();
    for (String primary : reader.primaries()) {
      ScanCursor cursor = ScanCursor.INITIAL;
      while (!cursor.isFinished()) {
        KeyScanCursor<byte[]> page =
            reader
                .scan(primary, cursor, ScanArgs.Builder.limit(50).match(pattern))
                .toCompletableFuture()
                .get();
        page.getKeys().forEach(key -> keys.add(new String(key, StandardCharsets.UTF_8)));
        cursor = page;
      }
    }
    return keys;
  }
}
