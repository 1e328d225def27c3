package io.headrace.flink.redis;

import io.headrace.flink.redis.connection.RedisAddress;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Configurations of the table {@code item}, with the connector's defaults where a test sets none.
 */
final class Configs {

  private final Configuration options = new Configuration();
  private final String url;

  private Configs(String url) {
    this.url = url;
  }

  static Configs of(String url) {
    return new Configs(url);
  }

  <T> Configs with(ConfigOption<T> option, T value) {
    options.set(option, value);
    return this;
  }

  RedisSinkConfig build() {
    return new RedisSinkConfig(
        "c.d.item",
        RedisAddress.parse(url),
        options.get(RedisOptions.USERNAME),
        options.get(RedisOptions.PASSWORD_FILE),
        "item",
        options.get(RedisOptions.TTL),
        options.get(RedisOptions.BUFFER_MAX_ROWS),
        options.get(RedisOptions.BUFFER_INTERVAL),
        options.get(RedisOptions.MAX_IN_FLIGHT),
        options.get(RedisOptions.COMMAND_TIMEOUT),
        options.get(RedisOptions.CONNECT_TIMEOUT));
  }
}
