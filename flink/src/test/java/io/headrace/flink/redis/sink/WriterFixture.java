package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.NewerWins;
import io.headrace.flink.redis.structure.RowEncoders;
import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/**
 * A writer of the table that {@link Configs} describes, without a Flink job around it. Timers fire
 * when the test says so.
 */
final class WriterFixture implements AutoCloseable {

  final ManualTimers timers = new ManualTimers();
  final SinkWriterMetricGroup metrics =
      InternalSinkWriterMetricGroup.wrap(
          UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup());
  final WriterMetrics writerMetrics = new WriterMetrics(metrics);
  private final RedisWriter writer;

  /** Rows replace each other as they come. */
  WriterFixture(SinkSettings settings) throws IOException {
    this.writer =
        new RedisWriter(
            settings,
            RowEncoders.of(settings.layout(), null, null),
            RedisPipeline.open(settings.target(), List.of()),
            timers,
            writerMetrics,
            new DirectCommands(settings, false),
            null);
  }

  /** Newer rows win, as the options say. */
  WriterFixture(Configs configs) throws IOException, InterruptedException {
    SinkSettings settings = configs.build();
    NewerWins newerWins =
        NewerWinsOptions.newerWins(configs.options(), settings.target(), settings.layout());
    RedisPipeline pipeline = RedisPipeline.open(settings.target(), newerWins.scripts());
    boolean always = NewerWinsOptions.alwaysCompares(configs.options());
    this.writer =
        new RedisWriter(
            settings,
            RowEncoders.of(settings.layout(), null, newerWins),
            pipeline,
            timers,
            writerMetrics,
            new DirectCommands(settings, true),
            NewerWinsGuard.open(settings, newerWins, always, pipeline, writerMetrics));
  }

  WriterFixture upsert(String id, String a) throws IOException, InterruptedException {
    return write(RowKind.UPDATE_AFTER, id, a);
  }

  WriterFixture write(RowKind kind, String id, String a) throws IOException, InterruptedException {
    return write(kind, id, a, null);
  }

  /**
   * @param millis the row's time; null for none
   */
  WriterFixture write(RowKind kind, String id, String a, @Nullable Long millis)
      throws IOException, InterruptedException {
    writer.write(
        GenericRowData.ofKind(
            kind,
            StringData.fromString(id),
            StringData.fromString(a),
            millis == null ? null : TimestampData.fromEpochMillis(millis)),
        null);
    return this;
  }

  /** What Flink calls at a checkpoint. */
  void checkpoint() throws IOException, InterruptedException {
    writer.flush(false);
  }

  /** Rows that were left out because a later one was there. */
  long outdated() {
    return writerMetrics.outdated();
  }

  @Override
  public void close() {
    writer.close();
  }
}
