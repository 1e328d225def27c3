package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.connection.RedisTargets;
import io.headrace.flink.redis.structure.RowEncoders;
import io.headrace.flink.redis.structure.StructureKind;
import io.headrace.flink.redis.structure.StructureOptions;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The table {@code log (k STRING, v STRING, ttl BIGINT METADATA)} with key {@code log:<k>}, as a
 * list of {@code v}s or a stream; its writers and committers without a Flink job around them.
 */
final class AppendTable {

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new VarCharType(false, VarCharType.MAX_LENGTH), VarCharType.STRING_TYPE
          },
          new String[] {"k", "v"});
  private static final int TTL_COLUMN = 2;

  private final Configuration options = new Configuration();

  private AppendTable(String url) {
    options.set(ConnectionOptions.URL, url);
    options.set(StructureOptions.KEY, "log:<k>");
  }

  static AppendTable list(String url) {
    return new AppendTable(url)
        .with(StructureOptions.STRUCTURE, StructureKind.LIST)
        .with(StructureOptions.LIST_PUSH, StructureOptions.Push.RIGHT)
        .with(StructureOptions.VALUE_COLUMN, "v");
  }

  static AppendTable stream(String url) {
    return new AppendTable(url).with(StructureOptions.STRUCTURE, StructureKind.STREAM);
  }

  <T> AppendTable with(ConfigOption<T> option, T value) {
    options.set(option, value);
    return this;
  }

  private TableOptions table() {
    return new TableOptions("c.d.log", options);
  }

  SinkSettings sinkSettings() {
    TableLayout layout = TableLayout.of(table(), "log", TYPE, List.of(), Map.of());
    return SinkSettings.of(table(), RedisTargets.of(table()), layout);
  }

  StagingSettings settings() {
    return StagingSettings.of(table(), sinkSettings());
  }

  /** One attempt of a writer. */
  Writer writer() throws IOException {
    return new Writer(settings());
  }

  /** Commits as one attempt of a committer does. */
  List<Request> commit(List<StagedRows> staged) throws IOException, InterruptedException {
    try (StagedRowsCommitter committer = committer()) {
      return commit(committer, staged);
    }
  }

  static List<Request> commit(StagedRowsCommitter committer, List<StagedRows> staged)
      throws IOException, InterruptedException {
    List<Request> requests = staged.stream().map(Request::new).toList();
    committer.commit(new ArrayList<>(requests));
    return requests;
  }

  StagedRowsCommitter committer() throws IOException {
    StagingSettings settings = settings();
    return new StagedRowsCommitter(
        settings,
        RedisPipeline.open(settings.sink().target(), List.of(StagedRowsCommitter.APPEND)));
  }

  static RowData row(String key, String value, @Nullable Long ttlMillis) {
    return GenericRowData.of(StringData.fromString(key), StringData.fromString(value), ttlMillis);
  }

  static final class Writer implements AutoCloseable {

    private final StagingWriter writer;

    Writer(StagingSettings settings) throws IOException {
      RedisPipeline pipeline = RedisPipeline.open(settings.sink().target(), List.of(Staging.STAGE));
      Staging staging = new Staging(settings);
      this.writer =
          new StagingWriter(
              new RedisWriter(
                  settings.sink(),
                  RowEncoders.of(settings.sink().layout(), TTL_COLUMN, null),
                  pipeline,
                  new ManualTimers(),
                  new WriterMetrics(
                      InternalSinkWriterMetricGroup.wrap(
                          UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup())),
                  staging,
                  null),
              staging,
              pipeline);
    }

    Writer write(String key, String value) throws IOException, InterruptedException {
      return write(key, value, null);
    }

    /**
     * @param ttlMillis null for the table's
     */
    Writer write(String key, String value, @Nullable Long ttlMillis)
        throws IOException, InterruptedException {
      writer.write(row(key, value, ttlMillis), null);
      return this;
    }

    /** Values that are numbers. */
    Writer write(String key, int from, int to) throws IOException, InterruptedException {
      for (int i = from; i < to; i++) {
        write(key, Integer.toString(i));
      }
      return this;
    }

    void flush() throws IOException, InterruptedException {
      writer.flush(false);
    }

    /** What Flink does at a checkpoint, and puts into it. */
    List<StagedRows> checkpoint() throws IOException, InterruptedException {
      writer.flush(false);
      return List.copyOf(writer.prepareCommit());
    }

    @Override
    public void close() throws InterruptedException {
      writer.close();
    }
  }

  /** What Flink hands to a committer; remembers what the committer says. */
  static final class Request implements CommitRequest<StagedRows> {

    private final StagedRows staged;
    private boolean already;
    @Nullable private Throwable failure;

    Request(StagedRows staged) {
      this.staged = staged;
    }

    boolean wasCommittedBefore() {
      return already;
    }

    @Nullable
    Throwable failure() {
      return failure;
    }

    @Override
    public StagedRows getCommittable() {
      return staged;
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      failure = reason;
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void retryLater() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void updateAndRetryLater(StagedRows changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalAlreadyCommitted() {
      already = true;
    }
  }
}
