package io.headrace.flink.redis.source;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.lookup.LookupPlan;
import io.headrace.flink.redis.lookup.LookupProviders;
import io.headrace.flink.redis.lookup.LookupSettings;
import io.headrace.flink.redis.scan.ScanPlan;
import io.headrace.flink.redis.scan.ScanSettings;
import io.headrace.flink.redis.scan.ScanSource;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.RedisMetadata;
import io.headrace.flink.redis.table.TableOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;

/**
 * The planner's view of reading a Redis table, as a whole or row by row. Conditions on the key's
 * columns, projections and limits are left to Redis where it can.
 */
public final class RedisTableSource
    implements ScanTableSource,
        LookupTableSource,
        SupportsFilterPushDown,
        SupportsProjectionPushDown,
        SupportsLimitPushDown,
        SupportsReadingMetadata {

  private final RedisTarget target;
  private final TableLayout layout;
  private final ScanSettings scanSettings;
  private final LookupSettings lookupSettings;
  private RowShape shape;
  private KeyFilter filter;
  private long limit = ScanPlan.NO_LIMIT;

  /**
   * @throws org.apache.flink.table.api.ValidationException if an option is wrong
   */
  public static RedisTableSource of(TableOptions options, RedisTarget target, TableLayout layout) {
    return new RedisTableSource(
        target, layout, ScanSettings.of(options), LookupSettings.of(options));
  }

  private RedisTableSource(
      RedisTarget target,
      TableLayout layout,
      ScanSettings scanSettings,
      LookupSettings lookupSettings) {
    this.target = target;
    this.layout = layout;
    this.scanSettings = scanSettings;
    this.lookupSettings = lookupSettings;
    this.shape = new RowShape(IntStream.range(0, layout.columns().size()).boxed().toList(), false);
    this.filter = KeyFilter.none(layout);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    ScanPlan plan = new ScanPlan(target, layout, shape, filter, limit, scanSettings);
    return SourceProvider.of(new ScanSource(plan), scanSettings.parallelism());
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    int[] joined = Arrays.stream(context.getKeys()).mapToInt(path -> path[0]).toArray();
    return LookupProviders.of(
        LookupPlan.of(target, layout, shape, filter, joined, lookupSettings.maxRetries()),
        lookupSettings);
  }

  @Override
  public Result applyFilters(List<ResolvedExpression> conditions) {
    KeyCondition keyCondition = new KeyCondition(layout);
    List<ResolvedExpression> accepted = new ArrayList<>();
    List<ResolvedExpression> remaining = new ArrayList<>();
    for (ResolvedExpression condition : conditions) {
      Optional<KeyFilter> narrower = keyCondition.and(filter, condition);
      filter = narrower.orElse(filter);
      (narrower.isPresent() ? accepted : remaining).add(condition);
    }
    return Result.of(accepted, remaining);
  }

  @Override
  public boolean supportsNestedProjection() {
    return false;
  }

  @Override
  public void applyProjection(int[][] projectedFields, DataType producedDataType) {
    List<Integer> columns = Arrays.stream(projectedFields).map(path -> path[0]).toList();
    shape = new RowShape(columns, shape.ttl());
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return RedisMetadata.TYPES;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
    shape = new RowShape(shape.columns(), metadataKeys.contains(RedisMetadata.TTL));
  }

  @Override
  public void applyLimit(long rows) {
    limit = rows;
  }

  @Override
  public DynamicTableSource copy() {
    RedisTableSource copy = new RedisTableSource(target, layout, scanSettings, lookupSettings);
    copy.shape = shape;
    copy.filter = filter;
    copy.limit = limit;
    return copy;
  }

  @Override
  public String asSummaryString() {
    String how =
        filter.isComplete()
            ? "the keys that the query names"
            : "SCAN MATCH " + new String(filter.pattern(), StandardCharsets.UTF_8);
    return String.format(
        "Redis %s, %s%s",
        layout.structure().optionValue(),
        how,
        limit == ScanPlan.NO_LIMIT ? "" : ", LIMIT " + limit);
  }
}
