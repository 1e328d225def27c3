package io.headrace.flink.redis;

import javax.annotation.Nullable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;

/** The planner's view of a Redis table: it takes upserts and deletes by primary key. */
final class RedisTableSink implements DynamicTableSink {

  private final RedisSinkConfig config;
  private final RowEncoder encoder;
  @Nullable private final Integer parallelism;

  RedisTableSink(RedisSinkConfig config, RowEncoder encoder, @Nullable Integer parallelism) {
    this.config = config;
    this.encoder = encoder;
    this.parallelism = parallelism;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.upsert();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(new RedisSink(config, encoder), parallelism);
  }

  @Override
  public DynamicTableSink copy() {
    return new RedisTableSink(config, encoder, parallelism);
  }

  @Override
  public String asSummaryString() {
    return "Redis";
  }
}
