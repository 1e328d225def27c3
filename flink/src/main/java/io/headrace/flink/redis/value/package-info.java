/** How the values of Flink's types are written in Redis, and read back. */
package io.headrace.flink.redis.value;
