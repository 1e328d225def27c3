package io.headrace.flink.redis.connection;

import java.io.Serializable;
import java.time.Duration;
import javax.annotation.Nullable;

/**
 * All that is needed to connect for one table. Travels in the job graph, without any secret.
 *
 * @param table the table's full name, for messages and for the clients' name in Redis
 * @param sentinelCredentials for the Sentinels; null if they want none
 * @param commandTimeout how long Redis may take to answer
 * @param connectTimeout how long connecting and logging in to one server may take
 */
public record RedisTarget(
    String table,
    RedisAddress address,
    Credentials credentials,
    @Nullable Credentials sentinelCredentials,
    Tls tls,
    Duration commandTimeout,
    Duration connectTimeout)
    implements Serializable {

  /** What CLIENT LIST shows: {@code headrace-<table>}. Redis takes no spaces and only ASCII. */
  String clientName() {
    return "headrace-" + table.replaceAll("[^!-~]", "_");
  }

  /** What CLIENT LIST shows for one writer: {@code headrace-<table>/<writer>}. */
  String clientName(String writer) {
    return clientName() + "/" + writer;
  }
}
