package io.headrace.flink.redis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * Gathers rows and sends them together. A checkpoint completes only after Redis has answered for
 * every row before it; what fails, fails the job, which then repeats from its last checkpoint.
 * Upserts are idempotent, so Redis ends up with exact contents.
 *
 * <p>All of it runs in the task's thread: Lettuce's threads only complete the answers.
 */
final class RedisWriter implements SinkWriter<RowData> {

  private final RedisSinkConfig config;
  private final RowEncoder encoder;
  private final RedisConnection connection;
  private final ProcessingTimeService timeService;
  private final SinkWriterMetricGroup metrics;

  /** By Redis key: the last change of a key is the only one that counts. */
  private final Map<String, RowChange> buffer = new LinkedHashMap<>();

  /** Oldest first. A flush that failed stays, so that its error cannot be passed over. */
  private final Deque<RedisFlush> inFlight = new ArrayDeque<>();

  private boolean timerSet;
  private boolean closed;
  private long lastSendMillis;

  RedisWriter(
      RedisSinkConfig config,
      RowEncoder encoder,
      RedisConnection connection,
      ProcessingTimeService timeService,
      SinkWriterMetricGroup metrics) {
    this.config = config;
    this.encoder = encoder;
    this.connection = connection;
    this.timeService = timeService;
    this.metrics = metrics;
    metrics.setCurrentSendTimeGauge(() -> lastSendMillis);
    metrics.gauge("numRowsBuffered", buffer::size);
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    collectAnswers();
    switch (row.getRowKind()) {
      case INSERT, UPDATE_AFTER -> add(encoder.upsert(row));
      case DELETE -> add(encoder.delete(row));
      // The planner sends these although nobody asked where a filter may drop the row that
      // follows. If that row comes, it replaces the deletion here, so this does not send.
      case UPDATE_BEFORE -> buffer(encoder.delete(row));
    }
  }

  private void add(RowChange change) throws IOException, InterruptedException {
    buffer(change);
    if (buffer.size() >= config.maxRows()) {
      send();
    }
  }

  private void buffer(RowChange change) {
    buffer.put(change.key(), change);
    setTimer();
  }

  /** One is set as long as a row is buffered or unanswered, so that errors show soon. */
  private void setTimer() {
    if (!timerSet) {
      timerSet = true;
      timeService.registerTimer(
          timeService.getCurrentProcessingTime() + config.interval().toMillis(), this::onTimer);
    }
  }

  private void onTimer(long time) throws IOException, InterruptedException {
    timerSet = false;
    if (closed) {
      return;
    }
    send();
    if (!inFlight.isEmpty()) {
      setTimer();
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    send();
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
  }

  private void send() throws IOException, InterruptedException {
    collectAnswers();
    if (buffer.isEmpty()) {
      return;
    }
    while (inFlight.size() >= config.maxInFlight()) {
      awaitOldest();
    }
    RedisFlush flush = new RedisFlush(config, List.copyOf(buffer.values()));
    buffer.clear();
    inFlight.add(flush);
    flush.send(connection);
    setTimer();
  }

  /** Looks at what is answered already, without waiting. */
  private void collectAnswers() throws IOException, InterruptedException {
    while (!inFlight.isEmpty() && inFlight.peek().isDue()) {
      awaitOldest();
    }
  }

  private void awaitOldest() throws IOException, InterruptedException {
    RedisFlush oldest = inFlight.element();
    try {
      while (!oldest.await()) {
        connection.reconnect(oldest.remaining());
        inFlight.forEach(flush -> flush.send(connection));
      }
    } catch (IOException e) {
      metrics.getNumRecordsSendErrorsCounter().inc();
      throw e;
    }
    inFlight.remove();
    lastSendMillis = oldest.millis();
    metrics.getNumRecordsSendCounter().inc(oldest.rows());
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }
}
