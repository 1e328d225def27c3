package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.connection.RedisTargets;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Settings of the table {@code item (id STRING, a STRING, PRIMARY KEY (id))}, with {@code t
 * TIMESTAMP_LTZ(3)} besides where newer rows win; the connector's defaults where a test sets none.
 */
final class Configs {

  private static final LogicalType[] TYPES = {
    new VarCharType(false, VarCharType.MAX_LENGTH),
    VarCharType.STRING_TYPE,
    new LocalZonedTimestampType(3)
  };
  private static final String[] NAMES = {"id", "a", "t"};

  private final Configuration options = new Configuration();

  private Configs() {}

  static Configs of(String url) {
    return new Configs().with(ConnectionOptions.URL, url);
  }

  <T> Configs with(ConfigOption<T> option, T value) {
    options.set(option, value);
    return this;
  }

  TableOptions options() {
    return new TableOptions("c.d.item", options);
  }

  SinkSettings build() {
    return SinkSettings.of(
        options(),
        RedisTargets.of(options()),
        TableLayout.of(options(), "item", type(), List.of("id"), Map.of()));
  }

  private RowType type() {
    int columns = options.contains(SinkOptions.NEWER_WINS_COLUMN) ? 3 : 2;
    return RowType.of(Arrays.copyOf(TYPES, columns), Arrays.copyOf(NAMES, columns));
  }
}
