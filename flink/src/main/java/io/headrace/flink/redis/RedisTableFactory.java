package io.headrace.flink.redis;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.connection.RedisTargets;
import io.headrace.flink.redis.lookup.RedisLookupOptions;
import io.headrace.flink.redis.scan.ScanOptions;
import io.headrace.flink.redis.sink.RedisTableSink;
import io.headrace.flink.redis.sink.SinkOptions;
import io.headrace.flink.redis.source.RedisTableSource;
import io.headrace.flink.redis.structure.StructureOptions;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Lets Flink find the connector under {@code 'connector' = 'redis'}, and checks its options. */
public final class RedisTableFactory implements DynamicTableSinkFactory, DynamicTableSourceFactory {

  public static final String IDENTIFIER = "redis";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(ConnectionOptions.URL);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>();
    options.addAll(ConnectionOptions.ALL);
    options.addAll(StructureOptions.ALL);
    options.addAll(SinkOptions.ALL);
    options.addAll(ScanOptions.ALL);
    options.addAll(RedisLookupOptions.ALL);
    options.removeAll(requiredOptions());
    return options;
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    TableOptions options = options(context);
    return RedisTableSink.of(options, target(options), layout(options, context));
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    TableOptions options = options(context);
    return RedisTableSource.of(options, target(options), layout(options, context));
  }

  private TableOptions options(Context context) {
    String table = context.getObjectIdentifier().asSummaryString();
    var helper = FactoryUtil.createTableFactoryHelper(this, context);
    var options = new TableOptions(table, helper.getOptions());
    if (context.getCatalogTable().getOptions().containsKey("password")) {
      throw options.wrong(
          "password",
          "SHOW CREATE TABLE and the catalog would show it",
          "Put the password in a file on the TaskManagers and name it in 'password-file'");
    }
    helper.validateExcept(StructureOptions.FIELDS_PREFIX);
    return options;
  }

  private static RedisTarget target(TableOptions options) {
    return RedisTargets.of(options);
  }

  private static TableLayout layout(TableOptions options, Context context) {
    var table = context.getCatalogTable();
    return TableLayout.of(
        options,
        context.getObjectIdentifier().getObjectName(),
        (RowType) context.getPhysicalRowDataType().getLogicalType(),
        table
            .getResolvedSchema()
            .getPrimaryKey()
            .map(UniqueConstraint::getColumns)
            .orElse(List.of()),
        table.getOptions());
  }
}
