/** Where Redis is and how it is spoken to: standalone, Sentinel, Cluster; TLS; users. */
package io.headrace.flink.redis.connection;
