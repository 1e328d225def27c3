package io.headrace.flink.redis.scan;

import static io.headrace.flink.redis.value.ArbitraryValues.external;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.scan.ArbitraryTables.Table;
import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowChange;
import io.headrace.flink.redis.structure.RowEncoder;
import io.headrace.flink.redis.structure.RowEncoders;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.StructureKind;
import io.headrace.flink.redis.structure.TableLayout;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Any rows of any table: what was written is what a scan reads, and what a plain client reads. */
class RoundTripTest {

  private static final int TRIES = 100;
  private static final RedisServer REDIS = new RedisServer();
  private static RedisClient plainClient;
  private static RedisCommands<byte[], byte[]> plain;
  private static RedisPipeline pipeline;

  @BeforeContainer
  static void start() throws IOException {
    REDIS.beforeAll(null);
    plainClient = RedisClient.create(REDIS.url());
    plain = plainClient.connect(ByteArrayCodec.INSTANCE).sync();
    pipeline = RedisPipeline.open(ScanRun.target(REDIS.url()), List.of());
  }

  @AfterContainer
  static void stop() throws IOException {
    pipeline.close();
    plainClient.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    REDIS.afterAll(null);
  }

  @Provide
  Arbitrary<Table> hashes() {
    return ArbitraryTables.tables(StructureKind.HASH);
  }

  @Provide
  Arbitrary<Table> strings() {
    return ArbitraryTables.tables(StructureKind.STRING);
  }

  @Provide
  Arbitrary<Table> maps() {
    return ArbitraryTables.tables(StructureKind.MAP);
  }

  @Provide
  Arbitrary<Table> sortedSets() {
    return ArbitraryTables.tables(StructureKind.ZSET);
  }

  @Provide
  Arbitrary<Table> lists() {
    return ArbitraryTables.tables(StructureKind.LIST);
  }

  @Provide
  Arbitrary<Table> streams() {
    return ArbitraryTables.tables(StructureKind.STREAM);
  }

  @Property(tries = TRIES)
  void hash(@ForAll("hashes") Table table) throws Exception {
    assertReadByScan(table);
    for (GenericRowData row : table.rows()) {
      assertFields(table.layout(), row, plain.hgetall(table.key(row)));
    }
  }

  @Property(tries = TRIES)
  void string(@ForAll("strings") Table table) throws Exception {
    assertReadByScan(table);
    for (GenericRowData row : table.rows()) {
      Integer column = table.layout().valueColumn();
      if (column != null) {
        byte[] bytes = plain.get(table.key(row));
        assertValue(table.layout(), row, column, bytes);
      }
    }
  }

  @Property(tries = TRIES)
  void map(@ForAll("maps") Table table) throws Exception {
    assertReadByScan(table);
    TableLayout layout = table.layout();
    for (GenericRowData row : table.rows()) {
      Object field = row.getField(layout.memberColumn());
      byte[] name = layout.formats().get(layout.memberColumn()).bytes(field);
      assertThat(plain.hexists(table.key(row), name)).isTrue();
    }
  }

  @Property(tries = TRIES)
  void sortedSet(@ForAll("sortedSets") Table table) throws Exception {
    assertReadByScan(table);
    TableLayout layout = table.layout();
    for (GenericRowData row : table.rows()) {
      Object member = row.getField(layout.memberColumn());
      byte[] bytes = layout.formats().get(layout.memberColumn()).bytes(member);
      assertThat(plain.zscore(table.key(row), bytes)).isEqualTo(row.getField(layout.scoreColumn()));
    }
  }

  @Property(tries = TRIES)
  void list(@ForAll("lists") Table table) throws Exception {
    assertReadByScan(table);
  }

  @Property(tries = TRIES)
  void stream(@ForAll("streams") Table table) throws Exception {
    assertReadByScan(table);
    GenericRowData last = table.rows().isEmpty() ? null : table.rows().get(table.rows().size() - 1);
    if (last != null) {
      assertFields(
          table.layout(),
          last,
          plain.xrevrange(table.key(last), io.lettuce.core.Range.unbounded()).get(0).getBody());
    }
  }

  private static void assertReadByScan(Table table) throws Exception {
    TableLayout layout = table.layout();
    plain.flushall();
    write(layout, table.rows());

    List<Integer> columns =
        new ArrayList<>(IntStream.range(0, layout.columns().size()).boxed().toList());
    assertThat(scan(layout, columns))
        .containsExactlyInAnyOrderElementsOf(rows(layout, columns, table.rows()));

    Collections.reverse(columns);
    columns.remove(0);
    assertThat(scan(layout, columns))
        .containsExactlyInAnyOrderElementsOf(rows(layout, columns, table.rows()));
  }

  private static void write(TableLayout layout, List<GenericRowData> rows) throws Exception {
    RowEncoder encoder = RowEncoders.of(layout, null, null);
    List<PipelineCommand> commands = new ArrayList<>();
    for (GenericRowData row : rows) {
      RowChange change = encoder.upsert(row);
      change.write(commands);
      change.finish(commands);
    }
    assertThat(pipeline.send(commands).await(Duration.ofSeconds(10))).isEmpty();
  }

  private static List<List<Object>> scan(TableLayout layout, List<Integer> columns)
      throws IOException {
    ScanPlan plan =
        new ScanPlan(
            ScanRun.target(REDIS.url()),
            layout,
            new RowShape(columns, false),
            KeyFilter.none(layout),
            ScanPlan.NO_LIMIT,
            new ScanSettings(10, 0, null));
    try (ScanRun run = ScanRun.of(plan)) {
      List<List<Object>> rows = new ArrayList<>();
      for (RowData row : run.toTheEnd().rows()) {
        rows.add(external(columns.stream().map(layout.types()::get).toList(), row));
      }
      return rows;
    }
  }

  /** What is to be read: a string has no form for a NULL, so there is no row. */
  private static List<List<Object>> rows(
      TableLayout layout, List<Integer> columns, List<GenericRowData> written) {
    Integer value = layout.structure() == StructureKind.STRING ? layout.valueColumn() : null;
    List<List<Object>> rows = new ArrayList<>();
    for (GenericRowData row : written) {
      if (value == null || row.getField(value) != null) {
        List<Object> all = external(layout.types(), row);
        List<Object> some = new ArrayList<>();
        columns.forEach(column -> some.add(all.get(column)));
        rows.add(some);
      }
    }
    return rows;
  }

  private static void assertFields(
      TableLayout layout, GenericRowData row, Map<byte[], byte[]> fields) {
    Map<String, byte[]> byName = new HashMap<>();
    fields.forEach((name, value) -> byName.put(new String(name, UTF_8), value));
    for (int i = 0; i < layout.columns().size(); i++) {
      assertValue(layout, row, i, byName.get(layout.columns().get(i)));
    }
  }

  private static void assertValue(
      TableLayout layout, GenericRowData row, int column, byte[] bytes) {
    Object read = bytes == null ? null : layout.formats().get(column).fromBytes(bytes);
    assertThat(external(layout.types().get(column), read))
        .isEqualTo(external(layout.types().get(column), row.getField(column)));
  }
}
