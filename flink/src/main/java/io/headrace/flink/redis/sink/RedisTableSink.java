package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.structure.NewerWins;
import io.headrace.flink.redis.structure.RowEncoder;
import io.headrace.flink.redis.structure.RowEncoders;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.RedisMetadata;
import io.headrace.flink.redis.table.TableOptions;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.types.DataType;

/** The planner's view of writing a Redis table. */
public final class RedisTableSink implements DynamicTableSink, SupportsWritingMetadata {

  private final SinkSettings settings;
  @Nullable private final NewerWins newerWins;
  private final boolean alwaysCompares;
  @Nullable private final StagingSettings staging;
  @Nullable private final Integer parallelism;
  private List<String> metadata = List.of();

  /**
   * @throws org.apache.flink.table.api.ValidationException if an option is wrong
   */
  public static RedisTableSink of(TableOptions options, RedisTarget target, TableLayout layout) {
    SinkSettings settings = SinkSettings.of(options, target, layout);
    return new RedisTableSink(
        settings,
        NewerWinsOptions.newerWins(options, target, layout),
        NewerWinsOptions.alwaysCompares(options),
        StagingSettings.of(options, settings),
        options.optional(SinkOptions.PARALLELISM).orElse(null));
  }

  private RedisTableSink(
      SinkSettings settings,
      @Nullable NewerWins newerWins,
      boolean alwaysCompares,
      @Nullable StagingSettings staging,
      @Nullable Integer parallelism) {
    this.settings = settings;
    this.newerWins = newerWins;
    this.alwaysCompares = alwaysCompares;
    this.staging = staging;
    this.parallelism = parallelism;
  }

  /** A deletion that is compared needs its row's time, else its key alone is enough. */
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return settings.layout().structure().isAppendOnly()
        ? ChangelogMode.insertOnly()
        : ChangelogMode.upsert(newerWins == null);
  }

  @Override
  public Map<String, DataType> listWritableMetadata() {
    return RedisMetadata.TYPES;
  }

  @Override
  public void applyWritableMetadata(List<String> metadataKeys, DataType consumedDataType) {
    metadata = List.copyOf(metadataKeys);
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    int columns = settings.layout().columns().size();
    Integer ttlColumn =
        metadata.contains(RedisMetadata.TTL) ? columns + metadata.indexOf(RedisMetadata.TTL) : null;
    RowEncoder encoder = RowEncoders.of(settings.layout(), ttlColumn, newerWins);
    return SinkV2Provider.of(
        staging == null
            ? new RedisSink(settings, encoder, newerWins, alwaysCompares)
            : new AppendSink(staging, encoder),
        parallelism);
  }

  @Override
  public DynamicTableSink copy() {
    RedisTableSink copy =
        new RedisTableSink(settings, newerWins, alwaysCompares, staging, parallelism);
    copy.metadata = metadata;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "Redis";
  }
}
