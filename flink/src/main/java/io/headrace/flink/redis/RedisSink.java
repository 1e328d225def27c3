package io.headrace.flink.redis;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** What is shipped to the TaskManagers: it opens a connection and a writer in each subtask. */
final class RedisSink implements Sink<RowData> {

  private static final long serialVersionUID = 1L;

  private final RedisSinkConfig config;
  private final RowEncoder encoder;

  RedisSink(RedisSinkConfig config, RowEncoder encoder) {
    this.config = config;
    this.encoder = encoder;
  }

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
    return new RedisWriter(
        config,
        encoder,
        RedisConnection.open(config),
        context.getProcessingTimeService(),
        context.metricGroup());
  }
}
