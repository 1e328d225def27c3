package io.headrace.flink.redis.structure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A Redis key that can be looked up in maps. */
public final class RedisKey {

  private final byte[] bytes;
  private final int hash;

  public RedisKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
