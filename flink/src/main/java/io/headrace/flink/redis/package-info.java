/**
 * The Redis table connector: a row is a hash, an upsert into the table is an HSET.
 *
 * <p>{@link io.headrace.flink.redis.RedisTableFactory} checks the options, {@link
 * io.headrace.flink.redis.RowEncoder} turns a row into bytes, {@link
 * io.headrace.flink.redis.RedisWriter} buffers rows and answers for them at checkpoints, {@link
 * io.headrace.flink.redis.RedisConnection} speaks to the server.
 */
package io.headrace.flink.redis;
