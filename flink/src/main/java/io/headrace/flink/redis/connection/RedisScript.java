package io.headrace.flink.redis.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
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

  /**
   * Reads a script from files.
   *
   * @param beside the class whose package the files are in
   * @param parts their names without {@code .lua}; put together in this order
   */
  public static RedisScript read(Class<?> beside, String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      try (InputStream in = beside.getResourceAsStream(part + ".lua")) {
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RedisScript(text.toString());
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
