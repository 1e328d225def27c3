package io.headrace.flink.testing;

import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of a table's script: a message as Kafka would hand it over, or the source falling idle.
 *
 * @param turn the turn in which it comes, from 0 on
 * @param value the message's bytes, null for a tombstone
 * @param timestamp milliseconds since 1970
 * @param idle whether, instead of a message, the source falls idle until its next one
 */
record Step(
    @JsonProperty("turn") int turn,
    @JsonProperty("value") byte[] value,
    @JsonProperty("partition") int partition,
    @JsonProperty("offset") long offset,
    @JsonProperty("timestamp") long timestamp,
    @JsonProperty("headers") Map<String, byte[]> headers,
    @JsonProperty("idle") boolean idle) {}
