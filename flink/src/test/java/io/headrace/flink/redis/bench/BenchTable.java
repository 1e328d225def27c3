package io.headrace.flink.redis.bench;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * The table that is written, as {@code CREATE TABLE item} would make it, and its rows: made from
 * their numbers, the same for all who write them.
 */
final class BenchTable {

  static final int KEYS = 200_000;
  static final long TTL_MILLIS = 7L * 24 * 60 * 60 * 1000;
  static final int FLUSH_ROWS = 500;
  static final int MAX_IN_FLIGHT = 2;

  /** Event time goes as fast as the wall clock does in a stream of as many rows a second. */
  private static final long ROWS_PER_MILLISECOND = 200;

  /** Prime to the number of keys, so that each key comes once in so many rows. */
  private static final long STEP = 7_919;

  private static final double SCORES = 9_973;

  private static final ResolvedSchema SCHEMA =
      new ResolvedSchema(
          List.of(
              Column.physical("id", DataTypes.STRING().notNull()),
              Column.physical("score", DataTypes.DOUBLE()),
              Column.physical("comments", DataTypes.BIGINT()),
              Column.physical("seen", DataTypes.TIMESTAMP_LTZ(3))),
          List.of(),
          UniqueConstraint.primaryKey("item_id", List.of("id")),
          List.of());

  static final RowType ROW_TYPE = (RowType) SCHEMA.toPhysicalRowDataType().getLogicalType();

  private static final StringData[] IDS = ids();

  private BenchTable() {}

  private static StringData[] ids() {
    StringData[] ids = new StringData[KEYS];
    for (int i = 0; i < KEYS; i++) {
      ids[i] = StringData.fromBytes(("i" + (1_000_000 + i)).getBytes(StandardCharsets.US_ASCII));
    }
    return ids;
  }

  /**
   * @param firstMillis the event time of row 0
   */
  static RowData row(long number, long firstMillis) {
    return GenericRowData.of(id(number), score(number), number, time(number, firstMillis));
  }

  static StringData id(long number) {
    return IDS[(int) (number * STEP % KEYS)];
  }

  /** Mostly of 16 digits, as models make them. */
  static double score(long number) {
    return number % (long) SCORES / SCORES;
  }

  static TimestampData time(long number, long firstMillis) {
    return TimestampData.fromEpochMillis(firstMillis + number / ROWS_PER_MILLISECOND);
  }

  static Map<String, String> options(String url, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("connector", "redis");
    options.put("url", url);
    options.put("ttl", TTL_MILLIS + " ms");
    options.put("sink.buffer-flush.max-rows", "" + FLUSH_ROWS);
    options.put("sink.max-in-flight", "" + MAX_IN_FLIGHT);
    return options;
  }

  /** CREATE TABLE item. */
  static void create(TableEnvironment sql, Run run) {
    String options =
        options(run.url(), run.options()).entrySet().stream()
            .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
            .collect(joining(", "));
    sql.executeSql(
        """
        CREATE TABLE item (
          id STRING, score DOUBLE, comments BIGINT, seen TIMESTAMP_LTZ(3),
          PRIMARY KEY (id) NOT ENFORCED) WITH (%s)
        """
            .formatted(options));
  }

  static DynamicTableSink sink(Map<String, String> options) {
    CatalogTable table =
        CatalogTable.newBuilder()
            .schema(Schema.newBuilder().fromResolvedSchema(SCHEMA).build())
            .options(options)
            .build();
    return FactoryUtil.createDynamicTableSink(
        null,
        ObjectIdentifier.of("bench", "bench", "item"),
        new ResolvedCatalogTable(table, SCHEMA),
        Map.of(),
        new Configuration(),
        BenchTable.class.getClassLoader(),
        false);
  }
}
