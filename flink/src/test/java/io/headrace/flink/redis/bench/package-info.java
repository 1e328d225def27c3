/**
 * What {@code make bench-redis} measures in Java: {@code bench/redis_connector.py} starts {@link
 * io.headrace.flink.redis.bench.Bench} and asks it for one run after the other.
 */
package io.headrace.flink.redis.bench;
