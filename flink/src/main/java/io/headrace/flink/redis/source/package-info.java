/** The planner's view of reading a Redis table: what of a query Redis itself can leave out. */
package io.headrace.flink.redis.source;
