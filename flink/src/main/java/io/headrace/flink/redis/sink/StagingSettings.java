package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.Topology;
import io.headrace.flink.redis.sink.SinkOptions.LostRows;
import io.headrace.flink.redis.table.TableOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * How rows are staged before they are appended, each once.
 *
 * @param ttl how long staged rows wait in Redis for their checkpoint
 * @param skipsLost whether the job goes on if staged rows are gone
 */
record StagingSettings(SinkSettings sink, Duration ttl, boolean skipsLost) implements Serializable {

  /**
   * Reads the options of the delivery guarantee.
   *
   * @return null if rows are written at once
   * @throws org.apache.flink.table.api.ValidationException if one is wrong
   */
  @Nullable
  static StagingSettings of(TableOptions options, SinkSettings sink) {
    DeliveryGuarantee guarantee = guarantee(options, sink.layout().structure().isAppendOnly());
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      for (ConfigOption<?> option :
          List.of(SinkOptions.STAGING_TTL, SinkOptions.LOST_STAGED_ROWS)) {
        if (options.optional(option).isPresent()) {
          throw options.wrong(
              option,
              "it means nothing where rows are written at once, not staged",
              "Leave it out; rows are staged with 'sink.delivery-guarantee' = 'exactly-once'");
        }
      }
      return null;
    }
    return new StagingSettings(
        sink,
        options.positive(SinkOptions.STAGING_TTL),
        options.get(SinkOptions.LOST_STAGED_ROWS) == LostRows.SKIP);
  }

  private static DeliveryGuarantee guarantee(TableOptions options, boolean appendOnly) {
    DeliveryGuarantee guarantee = options.get(SinkOptions.DELIVERY_GUARANTEE);
    if (guarantee == null) {
      return appendOnly ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE;
    }
    if (guarantee == DeliveryGuarantee.NONE) {
      throw options.wrong(
          SinkOptions.DELIVERY_GUARANTEE,
          "it is 'none', and no row is ever given up here",
          "Write 'at-least-once'" + (appendOnly ? " or 'exactly-once'" : "") + ", or leave it out");
    }
    if (guarantee == DeliveryGuarantee.EXACTLY_ONCE && !appendOnly) {
      throw options.wrong(
          SinkOptions.DELIVERY_GUARANTEE,
          "it is 'exactly-once', which is for 'list' and 'stream': here a row that is written"
              + " again replaces itself, so the contents are exact as it is",
          "Write 'at-least-once', or leave it out");
    }
    return guarantee;
  }

  /** Whether keys that are used together have to be in one slot. */
  boolean hasSlots() {
    return sink.target().address().topology() == Topology.CLUSTER;
  }
}
