package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * How rows are gathered and sent.
 *
 * @param maxRows rows of one sending
 * @param maxBytes bytes of one sending
 * @param interval the longest time that a row waits for others
 * @param maxInFlight sendings that may be unanswered at a time
 * @param retryTimeout how long a sending is tried again
 * @param waitReplicas replicas that must have a sending; 0 for none
 */
public record SinkSettings(
    RedisTarget target,
    TableLayout layout,
    int maxRows,
    long maxBytes,
    Duration interval,
    int maxInFlight,
    Duration retryTimeout,
    int waitReplicas)
    implements Serializable {

  /**
   * Reads the options that {@link SinkOptions} lists.
   *
   * @throws org.apache.flink.table.api.ValidationException if one is wrong
   */
  public static SinkSettings of(TableOptions options, RedisTarget target, TableLayout layout) {
    return new SinkSettings(
        target,
        layout,
        options.atLeast(1, SinkOptions.BUFFER_MAX_ROWS),
        options.bytes(SinkOptions.BUFFER_MAX_BYTES),
        options.positive(SinkOptions.BUFFER_INTERVAL),
        options.atLeast(1, SinkOptions.MAX_IN_FLIGHT),
        options.positive(SinkOptions.RETRY_TIMEOUT),
        options.atLeast(0, SinkOptions.WAIT_REPLICAS));
  }
}
