package io.headrace.flink.redis.connection;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parsed {@code url} option. Holds no credentials, by design: it travels in the job graph. */
public record RedisAddress(boolean tls, String host, int port, int database)
    implements Serializable {

  private static final int DEFAULT_PORT = 6379;

  /** Not java.net.URI, which has no host for names with an underscore, as Compose makes them. */
  private static final Pattern URL =
      Pattern.compile("(rediss?)://(\\[[^]]+]|[^:/?#\\[\\]\\s]+)(?::(\\d{1,5}))?(?:/(\\d{0,9}))?");

  /**
   * @throws IllegalArgumentException saying what is wrong and what to write instead; it never
   *     repeats the text, which may hold a password
   */
  public static RedisAddress parse(String url) {
    if (url.contains("@")) {
      throw new IllegalArgumentException(
          "it holds credentials, which SHOW CREATE TABLE and the job graph would show. Write"
              + " 'redis://host:6379/0' and use the options 'username' and 'password-file'");
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "it is not a Redis URL. Write 'redis://host:6379/0', or 'rediss://…' for TLS; the number"
              + " at the end is the database");
    }
    int port = number(parts.group(3), DEFAULT_PORT);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port " + port + " is not between 1 and 65535");
    }
    return new RedisAddress(
        parts.group(1).equals("rediss"), parts.group(2), port, number(parts.group(4), 0));
  }

  private static int number(String digits, int otherwise) {
    return digits == null || digits.isEmpty() ? otherwise : Integer.parseInt(digits);
  }

  public String hostAndPort() {
    return host + ":" + port;
  }
}
