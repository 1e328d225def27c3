/** Joining with a table: the rows of a key, asked for row by row, with or without a cache. */
package io.headrace.flink.redis.lookup;
