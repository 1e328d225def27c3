package io.headrace.flink.redis;

import io.headrace.flink.redis.connection.RedisAddress;
import java.io.Serializable;
import java.time.Duration;
import javax.annotation.Nullable;

/** The checked options of one table, as they travel to the TaskManagers: without any secret. */
record RedisSinkConfig(
    String table,
    RedisAddress address,
    @Nullable String username,
    @Nullable String passwordFile,
    String keyPrefix,
    @Nullable Duration ttl,
    int maxRows,
    Duration interval,
    int maxInFlight,
    Duration commandTimeout,
    Duration connectTimeout)
    implements Serializable {}
