package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.RowEncoder;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.InputFormatOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;

/**
 * Appends each row exactly once, by Flink's two-phase commit: writers stage rows in Redis, and when
 * a checkpoint is complete, committers append what was staged before it.
 */
final class AppendSink
    implements Sink<RowData>, SupportsCommitter<StagedRows>, SupportsPreWriteTopology<RowData> {

  private static final long serialVersionUID = 1L;

  private final StagingSettings settings;
  private final RowEncoder encoder;

  AppendSink(StagingSettings settings, RowEncoder encoder) {
    this.settings = settings;
    this.encoder = encoder;
  }

  /**
   * Adds nothing. The planner does not say whether the input of a streaming query ends, but here
   * its sources can be asked.
   *
   * @throws ValidationException if nothing would ever be appended
   */
  @Override
  public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
    boolean checkpoints =
        rows.getExecutionEnvironment().getCheckpointConfig().isCheckpointingEnabled();
    boolean ends =
        rows.getTransformation().getTransitivePredecessors().stream().allMatch(AppendSink::ends);
    if (!checkpoints && !ends) {
      throw new ValidationException(
          String.format(
              "Table %s: with 'sink.delivery-guarantee' = 'exactly-once' rows are appended at"
                  + " checkpoints, and this job makes none, although its input does not end. Set"
                  + " 'execution.checkpointing.interval', for example to '10 s', or choose"
                  + " 'at-least-once'.",
              settings.sink().layout().table()));
    }
    return rows;
  }

  private static boolean ends(Transformation<?> transformation) {
    if (transformation instanceof LegacySourceTransformation<?> source
        && source.getOperatorFactory() instanceof InputFormatOperatorFactory) {
      // Such as VALUES, which Flink does not call bounded in streaming mode.
      return true;
    }
    return !(transformation instanceof WithBoundedness source)
        || source.getBoundedness() == Boundedness.BOUNDED;
  }

  @Override
  public StagingWriter createWriter(WriterInitContext context) throws IOException {
    RedisPipeline pipeline = RedisPipeline.open(settings.sink().target(), List.of(Staging.STAGE));
    Staging staging = new Staging(settings);
    RedisWriter writer =
        new RedisWriter(
            settings.sink(),
            encoder,
            pipeline,
            context.getProcessingTimeService(),
            new WriterMetrics(context.metricGroup()),
            staging,
            null);
    return new StagingWriter(writer, staging, pipeline);
  }

  @Override
  public Committer<StagedRows> createCommitter(CommitterInitContext context) throws IOException {
    return new StagedRowsCommitter(
        settings,
        RedisPipeline.open(settings.sink().target(), List.of(StagedRowsCommitter.APPEND)));
  }

  @Override
  public SimpleVersionedSerializer<StagedRows> getCommittableSerializer() {
    return new StagedRowsSerializer();
  }
}
