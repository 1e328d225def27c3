package io.headrace.flink.redis.connection;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that servers keep by its digest.
 *
 * @param sha1 as EVALSHA names it: 40 hexadecimal digits
 */
public record RedisScript(String lua, String sha1) implements Serializable {

  public RedisScript(String lua) {
    this(lua, digest(lua));
  }

  private static String digest(String lua) {
    try {
      byte[] bytes = lua.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
