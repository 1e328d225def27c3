package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.connection.Credentials;
import io.headrace.flink.redis.connection.RedisAddress;
import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.connection.Tls;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * A scan, by default of the table {@code item (id STRING, n INT)}, step by step, so that things can
 * happen in between.
 */
final class ScanRun implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_RETRIES = 5;

  private final PatientReader redis;
  private final ScanSplitReader reader;
  private final RowEmitter emitter;
  private final ScanSplitState state;
  private final SimpleCounter numRecordsIn = new SimpleCounter();
  private final List<RowData> rows = new ArrayList<>();
  private int keysRead;
  private boolean ended;

  private ScanRun(ScanPlan plan, ScanSplit split) throws IOException {
    RowLimit limit = new RowLimit(plan.limit());
    redis = new PatientReader(plan.target(), plan.settings().maxRetries());
    reader = new ScanSplitReader(redis, plan, limit);
    emitter = new RowEmitter(limit, numRecordsIn);
    state = new ScanSplitState(split);
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
  }

  static ScanRun of(ScanPlan plan) throws IOException {
    return new ScanRun(plan, ScanSplit.of(0, new BitSet()));
  }

  static ScanRun of(String url, int count) throws IOException {
    return of(url, count, ScanSplit.of(0, new BitSet()));
  }

  static ScanRun of(String url, int count, ScanSplit split) throws IOException {
    return new ScanRun(plan(url, count, TIMEOUT, MAX_RETRIES), split);
  }

  /** Waits for longer than a cluster takes to replace a primary that died. */
  static ScanRun patient(String url, int count, ScanSplit split) throws IOException {
    return new ScanRun(plan(url, count, TIMEOUT, 3 * MAX_RETRIES), split);
  }

  static ScanRun impatient(String url, int count, ScanSplit split) throws IOException {
    return new ScanRun(plan(url, count, Duration.ofSeconds(1), 1), split);
  }

  private static ScanPlan plan(String url, int count, Duration timeout, int maxRetries) {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("n", DataTypes.INT()))
                .getLogicalType();
    TableLayout layout =
        TableLayout.of(
            new TableOptions("c.d.item", new Configuration()),
            "item",
            type,
            List.of("id"),
            Map.of());
    return new ScanPlan(
        target(url, timeout),
        layout,
        new RowShape(List.of(0, 1), false),
        KeyFilter.none(layout),
        ScanPlan.NO_LIMIT,
        new ScanSettings(count, maxRetries, null));
  }

  private static RedisTarget target(String url, Duration timeout) {
    return new RedisTarget(
        "c.d.item", RedisAddress.parse(url), Credentials.NONE, null, Tls.DEFAULT, timeout, timeout);
  }

  static RedisTarget target(String url) {
    return target(url, TIMEOUT);
  }

  /** One split for each primary of a cluster. */
  static List<ScanSplit> splits(String url) throws Exception {
    try (PatientReader redis = new PatientReader(target(url), 0)) {
      List<ScanSplit> splits = new ArrayList<>();
      for (ScanServer server : ScanServer.all(redis.reader())) {
        splits.add(ScanSplit.of(splits.size(), server.slots()));
      }
      return splits;
    }
  }

  /** Reads and emits what the reader gives next. */
  void step() throws IOException {
    RecordsWithSplitIds<ScanBatch> records = reader.fetch();
    while (records.nextSplit() != null) {
      ScanBatch batch = records.nextRecordFromSplit();
      while (batch != null) {
        keysRead += batch.keys().size();
        // As the base class of readers does it.
        numRecordsIn.inc();
        emitter.emitRecord(batch, new Collector(), state);
        batch = records.nextRecordFromSplit();
      }
    }
    ended = !records.finishedSplits().isEmpty();
  }

  ScanRun toTheEnd() throws IOException {
    while (!ended) {
      step();
    }
    return this;
  }

  /** The rows that were emitted. */
  List<RowData> rows() {
    return rows;
  }

  /** Their first columns. */
  List<String> ids() {
    return rows.stream().map(row -> row.getString(0).toString()).toList();
  }

  /** With those that had been read before. */
  int keysRead() {
    return keysRead;
  }

  long numRecordsIn() {
    return numRecordsIn.getCount();
  }

  /** What a checkpoint would hold now. */
  ScanSplit checkpoint() throws IOException {
    ScanSplitSerializer serializer = new ScanSplitSerializer();
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(state.toSplit()));
  }

  @Override
  public void close() {
    redis.close();
  }

  private final class Collector implements SourceOutput<RowData> {

    @Override
    public void collect(RowData row) {
      rows.add(row);
    }

    @Override
    public void collect(RowData row, long timestamp) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException();
    }
  }
}
