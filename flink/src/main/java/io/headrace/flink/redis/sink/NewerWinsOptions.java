package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.connection.Topology;
import io.headrace.flink.redis.sink.SinkOptions.NewerWinsCheck;
import io.headrace.flink.redis.structure.NewerWins;
import io.headrace.flink.redis.structure.StructureKind;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import javax.annotation.Nullable;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Reads the options of newer rows that win. */
final class NewerWinsOptions {

  private NewerWinsOptions() {}

  static boolean alwaysCompares(TableOptions options) {
    return options.get(SinkOptions.NEWER_WINS_CHECK) == NewerWinsCheck.ALWAYS;
  }

  /** Null if the table has no such column. */
  @Nullable
  static NewerWins newerWins(TableOptions options, RedisTarget target, TableLayout layout) {
    String name = options.get(SinkOptions.NEWER_WINS_COLUMN);
    if (name == null) {
      return null;
    }
    int column = layout.columns().indexOf(name);
    if (column < 0) {
      throw options.wrong(
          SinkOptions.NEWER_WINS_COLUMN,
          "the table has no physical column '" + name + "'",
          "Name one of " + String.join(", ", layout.columns()));
    }
    LogicalType type = layout.types().get(column);
    if (!type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
        && !type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
      throw options.wrong(
          SinkOptions.NEWER_WINS_COLUMN,
          "column '" + name + "' is a " + type.asSummaryString() + ", not a time",
          "Declare it TIMESTAMP_LTZ(3), and insert for example TO_TIMESTAMP_LTZ(<milliseconds>, 3)");
    }
    if (layout.structure() != StructureKind.HASH
        && (layout.structure() != StructureKind.STRING || layout.valueColumn() != null)) {
      throw options.wrong(
          SinkOptions.NEWER_WINS_COLUMN,
          "Redis would not hold the time that is compared",
          "Choose 'structure' = 'hash', or 'string' without 'value.column'");
    }
    if (target.address().topology() == Topology.CLUSTER && !hasHashTag(layout.key().toString())) {
      throw options.wrong(
          SinkOptions.NEWER_WINS_COLUMN,
          "in a cluster, a row and the memory of its deletion must be in one slot",
          "Put a hash tag around a column of 'key', for example '{" + layout.key() + "}'");
    }
    return new NewerWins(layout, column, options.positive(SinkOptions.NEWER_WINS_TOMBSTONE_TTL));
  }

  private static boolean hasHashTag(String template) {
    int open = template.indexOf('{');
    return open >= 0 && template.indexOf('}', open) > open + 1;
  }
}
