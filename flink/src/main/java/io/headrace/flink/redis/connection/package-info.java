/**
 * Where Redis is and how it is spoken to: standalone, Sentinel, Cluster; TLS; users.
 *
 * <p>A sink sends through a {@link io.headrace.flink.redis.connection.RedisPipeline}, lookups and
 * scans read through a {@link io.headrace.flink.redis.connection.RedisReader}; both are opened with
 * a {@link io.headrace.flink.redis.connection.RedisTarget}. Passwords are in no object, message or
 * log, with one exception: Lettuce at level TRACE logs every byte that is sent.
 */
package io.headrace.flink.redis.connection;
