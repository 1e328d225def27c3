package io.headrace.flink.redis;

import io.lettuce.core.RedisFuture;

/** A command that was sent, and the answer that is to come; key and command are for messages. */
record RedisReply(String key, String command, RedisFuture<?> answer) {}
