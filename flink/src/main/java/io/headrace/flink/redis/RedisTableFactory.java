package io.headrace.flink.redis;

import io.headrace.flink.redis.connection.RedisAddress;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/** Lets Flink find the connector under {@code 'connector' = 'redis'}, and checks its options. */
public final class RedisTableFactory implements DynamicTableSinkFactory {

  @Override
  public String factoryIdentifier() {
    return RedisOptions.IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(RedisOptions.URL);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        RedisOptions.USERNAME,
        RedisOptions.PASSWORD_FILE,
        RedisOptions.KEY_PREFIX,
        RedisOptions.TTL,
        RedisOptions.BUFFER_MAX_ROWS,
        RedisOptions.BUFFER_INTERVAL,
        RedisOptions.MAX_IN_FLIGHT,
        RedisOptions.COMMAND_TIMEOUT,
        RedisOptions.CONNECT_TIMEOUT,
        RedisOptions.SINK_PARALLELISM);
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    String table = context.getObjectIdentifier().asSummaryString();
    if (context.getCatalogTable().getOptions().containsKey("password")) {
      throw wrong(
          table,
          "password",
          "SHOW CREATE TABLE and the catalog would show it",
          "Put the password in a file on the TaskManagers and name it in 'password-file'");
    }
    var helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    RedisSinkConfig config =
        new RedisSinkConfig(
            table,
            address(table, options.get(RedisOptions.URL)),
            username(table, options),
            options.get(RedisOptions.PASSWORD_FILE),
            options
                .getOptional(RedisOptions.KEY_PREFIX)
                .orElse(context.getObjectIdentifier().getObjectName()),
            options.getOptional(RedisOptions.TTL).isPresent()
                ? positive(table, options, RedisOptions.TTL)
                : null,
            atLeastOne(table, options, RedisOptions.BUFFER_MAX_ROWS),
            positive(table, options, RedisOptions.BUFFER_INTERVAL),
            atLeastOne(table, options, RedisOptions.MAX_IN_FLIGHT),
            positive(table, options, RedisOptions.COMMAND_TIMEOUT),
            positive(table, options, RedisOptions.CONNECT_TIMEOUT));
    RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
    ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
    int[] primaryKey = primaryKey(table, schema, rowType);
    return new RedisTableSink(
        config,
        new RowEncoder(table, config.keyPrefix(), rowType, primaryKey),
        options.getOptional(RedisOptions.SINK_PARALLELISM).orElse(null));
  }

  private static RedisAddress address(String table, String url) {
    try {
      return RedisAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          String.format("Table %s, option 'url': %s.", table, e.getMessage()));
    }
  }

  private static String username(String table, ReadableConfig options) {
    String username = options.get(RedisOptions.USERNAME);
    if (username != null && options.get(RedisOptions.PASSWORD_FILE) == null) {
      throw wrong(
          table,
          "username",
          "a user needs a password",
          "Name the file that holds it in 'password-file'");
    }
    return username;
  }

  private static Duration positive(
      String table, ReadableConfig options, ConfigOption<Duration> option) {
    Duration value = options.get(option);
    if (value.toMillis() <= 0) {
      throw wrong(
          table,
          option.key(),
          "it is " + value.toMillis() + " ms, which is not above zero",
          "Write a duration such as '5 ms', '10 s' or '7 d'");
    }
    return value;
  }

  private static int atLeastOne(
      String table, ReadableConfig options, ConfigOption<Integer> option) {
    int value = options.get(option);
    if (value < 1) {
      throw wrong(table, option.key(), "it is " + value, "Write a number of 1 or more");
    }
    return value;
  }

  private static int[] primaryKey(String table, ResolvedSchema schema, RowType rowType) {
    if (schema.getPrimaryKey().isEmpty()) {
      throw new ValidationException(
          String.format(
              "Table %s: it has no primary key, and the Redis key of a row is made of it. Add"
                  + " 'PRIMARY KEY (<column>, …) NOT ENFORCED' to its columns.",
              table));
    }
    return schema.getPrimaryKey().get().getColumns().stream()
        .mapToInt(rowType.getFieldNames()::indexOf)
        .peek(index -> requireText(table, rowType, index))
        .toArray();
  }

  private static void requireText(String table, RowType rowType, int index) {
    if (rowType.getTypeAt(index).is(LogicalTypeFamily.BINARY_STRING)) {
      throw new ValidationException(
          String.format(
              "Table %s, column '%s': it is binary, and the Redis key that it is part of is text."
                  + " Declare it STRING and insert it as text, for example TO_BASE64(…).",
              table, rowType.getFieldNames().get(index)));
    }
  }

  private static ValidationException wrong(
      String table, String option, String fact, String remedy) {
    return new ValidationException(
        String.format("Table %s, option '%s': %s. %s.", table, option, fact, remedy));
  }
}
