/** What a table's DDL says: its options, checked, and where its columns stand in Redis. */
package io.headrace.flink.redis.table;
