package io.headrace.flink.redis;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What one row does to one Redis key.
 *
 * @param key the Redis key
 * @param fields the hash fields to set, in column order; empty if the row is deleted
 * @param nulls the hash fields to remove, because their columns are NULL
 */
record RowChange(String key, Map<byte[], byte[]> fields, byte[][] nulls) {

  private static final byte[][] NONE = {};

  static RowChange delete(String key) {
    return new RowChange(key, Map.of(), NONE);
  }

  /** A row always has its primary key, so a change without fields is a deletion. */
  boolean isDelete() {
    return fields.isEmpty();
  }

  byte[] keyBytes() {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
