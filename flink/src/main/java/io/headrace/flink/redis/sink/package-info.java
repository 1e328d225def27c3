/** Writes rows to Redis: buffered, pipelined, answered for at checkpoints. */
package io.headrace.flink.redis.sink;
