package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.RedisPipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.table.data.RowData;

/** Stages rows as they come, and hands them to the committer at each checkpoint. */
final class StagingWriter implements CommittingSinkWriter<RowData, StagedRows> {

  /** To discard is a courtesy to Redis, which forgets what is staged by itself in the end. */
  private static final Duration TIME_TO_DISCARD = Duration.ofSeconds(1);

  private final RedisWriter writer;
  private final Staging staging;
  private final RedisPipeline pipeline;

  /**
   * @param writer whose rows go to the staging, through the pipeline
   */
  StagingWriter(RedisWriter writer, Staging staging, RedisPipeline pipeline) {
    this.writer = writer;
    this.staging = staging;
    this.pipeline = pipeline;
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    writer.write(row, context);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
  }

  /** Comes after {@link #flush}, so that Redis has answered for all that is staged. */
  @Override
  public Collection<StagedRows> prepareCommit() {
    return staging.handOut();
  }

  @Override
  public void close() throws InterruptedException {
    try {
      List<PipelineCommand> discard = staging.discard();
      if (!discard.isEmpty()) {
        pipeline.send(discard).await(TIME_TO_DISCARD);
      }
    } finally {
      writer.close();
    }
  }
}
