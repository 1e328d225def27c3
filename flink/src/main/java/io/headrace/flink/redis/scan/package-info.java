/** Reading whole tables: SCAN on each primary, and the keys that it finds in pipelined batches. */
package io.headrace.flink.redis.scan;
