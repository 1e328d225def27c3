package io.headrace.flink.redis.connection;

import java.time.Duration;

/** Targets of the table {@code c.d.item}, with timeouts of 10 seconds where a test sets none. */
final class Targets {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Targets() {}

  static RedisTarget of(String url) {
    return of(url, Credentials.NONE, Tls.DEFAULT);
  }

  static RedisTarget of(String url, Credentials credentials) {
    return of(url, credentials, Tls.DEFAULT);
  }

  static RedisTarget of(String url, Credentials credentials, Tls tls) {
    return new RedisTarget(
        "c.d.item", RedisAddress.parse(url), credentials, null, tls, TIMEOUT, TIMEOUT);
  }
}
