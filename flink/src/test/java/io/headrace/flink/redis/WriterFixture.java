package io.headrace.flink.redis;

import java.io.IOException;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;

/**
 * A writer of the table {@code item (id STRING, a STRING, PRIMARY KEY (id))} without a Flink job
 * around it. Timers fire when the test says so.
 */
final class WriterFixture implements AutoCloseable {

  private static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new VarCharType(false, VarCharType.MAX_LENGTH), VarCharType.STRING_TYPE
          },
          new String[] {"id", "a"});

  final ManualTimers timers = new ManualTimers();
  final SinkWriterMetricGroup metrics =
      InternalSinkWriterMetricGroup.wrap(
          UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup());
  private final RedisWriter writer;

  WriterFixture(RedisSinkConfig config) throws IOException {
    writer =
        new RedisWriter(
            config,
            new RowEncoder(config.table(), config.keyPrefix(), TYPE, new int[] {0}),
            RedisConnection.open(config),
            timers,
            metrics);
  }

  WriterFixture upsert(String id, String a) throws IOException, InterruptedException {
    return write(RowKind.UPDATE_AFTER, id, a);
  }

  WriterFixture write(RowKind kind, String id, String a) throws IOException, InterruptedException {
    writer.write(
        GenericRowData.ofKind(kind, StringData.fromString(id), StringData.fromString(a)), null);
    return this;
  }

  /** What Flink calls at a checkpoint. */
  void checkpoint() throws IOException, InterruptedException {
    writer.flush(false);
  }

  @Override
  public void close() {
    writer.close();
  }
}
