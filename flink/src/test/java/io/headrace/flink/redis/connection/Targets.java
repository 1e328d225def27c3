package io.headrace.flink.redis.connection;

import java.time.Duration;

/** Targets of the table {@code c.d.item}. */
final class Targets {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Targets() {}

  static RedisTarget of(String url) {
    return new RedisTarget(
        "c.d.item", RedisAddress.parse(url), Credentials.NONE, null, Tls.DEFAULT, TIMEOUT, TIMEOUT);
  }
}
