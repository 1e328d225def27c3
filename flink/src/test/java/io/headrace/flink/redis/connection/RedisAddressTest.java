package io.headrace.flink.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** URLs, with their defaults. */
class RedisAddressTest {

  @Test
  void full() {
    assertThat(RedisAddress.parse("redis://redis.internal:7000/3"))
        .isEqualTo(new RedisAddress(false, "redis.internal", 7000, 3));
  }

  @Test
  void portAndDatabaseHaveDefaults() {
    assertThat(RedisAddress.parse("redis://h"))
        .isEqualTo(RedisAddress.parse("redis://h:6379/"))
        .isEqualTo(new RedisAddress(false, "h", 6379, 0));
  }

  @Test
  void hostsOfAllSorts() {
    assertThat(RedisAddress.parse("redis://my_redis:1").host()).isEqualTo("my_redis");
    assertThat(RedisAddress.parse("redis://[::1]:7000").hostAndPort()).isEqualTo("[::1]:7000");
  }

  @Test
  void tls() {
    assertThat(RedisAddress.parse("rediss://h").tls()).isTrue();
  }
}
