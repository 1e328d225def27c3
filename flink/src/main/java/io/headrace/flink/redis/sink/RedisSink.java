package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.connection.RedisScript;
import io.headrace.flink.redis.structure.NewerWins;
import io.headrace.flink.redis.structure.RowEncoder;
import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;
import org.apache.flink.table.data.RowData;

/** What is shipped to the TaskManagers: it opens connections and a writer in each subtask. */
final class RedisSink implements Sink<RowData> {

  private static final long serialVersionUID = 1L;

  private final SinkSettings settings;
  private final RowEncoder encoder;
  @Nullable private final NewerWins newerWins;
  private final boolean alwaysCompares;

  /**
   * @param newerWins null if rows replace each other whatever their times are
   * @param alwaysCompares whether Redis compares the time of each row
   */
  RedisSink(
      SinkSettings settings,
      RowEncoder encoder,
      @Nullable NewerWins newerWins,
      boolean alwaysCompares) {
    this.settings = settings;
    this.encoder = encoder;
    this.newerWins = newerWins;
    this.alwaysCompares = alwaysCompares;
  }

  /** The same for all attempts of a subtask. */
  private static String name(WriterInitContext context) {
    return String.join(
        "/",
        context.getJobInfo().getJobId().toString(),
        context.metricGroup().getAllVariables().get(ScopeFormat.SCOPE_OPERATOR_ID),
        Integer.toString(context.getTaskInfo().getIndexOfThisSubtask()));
  }

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
    List<RedisScript> scripts = newerWins == null ? List.of() : newerWins.scripts();
    RedisPipeline pipeline = RedisPipeline.open(settings.target(), scripts, name(context));
    WriterMetrics metrics = new WriterMetrics(context.metricGroup());
    try {
      return new RedisWriter(
          settings,
          encoder,
          pipeline,
          context.getProcessingTimeService(),
          metrics,
          new DirectCommands(settings, newerWins != null),
          newerWins == null
              ? null
              : NewerWinsGuard.open(settings, newerWins, alwaysCompares, pipeline, metrics));
    } catch (InterruptedException e) {
      pipeline.close();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException | RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }
}
