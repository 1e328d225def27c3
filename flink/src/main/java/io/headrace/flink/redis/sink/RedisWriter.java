package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisErrors;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.RowChange;
import io.headrace.flink.redis.structure.RowEncoder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/**
 * Gathers rows and sends them together. A checkpoint completes only after Redis has answered for
 * every row before it; what fails is sent again where that can help, and else fails the job, which
 * then repeats from its last checkpoint. Upserts are idempotent, so Redis ends up with exact
 * contents; so are staged rows.
 *
 * <p>All of it runs in the task's thread: Lettuce's threads only complete the answers.
 */
final class RedisWriter implements SinkWriter<RowData> {

  private final SinkSettings settings;
  private final RowEncoder encoder;
  private final RedisPipeline pipeline;
  private final ProcessingTimeService timeService;
  private final WriterMetrics metrics;
  private final FlushCommands commands;
  @Nullable private final NewerWinsGuard guard;

  private final RowBuffer buffer = new RowBuffer();

  /** Oldest first. A flush that failed stays, so that its error cannot be passed over. */
  private final Deque<RedisFlush> inFlight = new ArrayDeque<>();

  private long inFlightBytes;
  private boolean timerSet;
  private boolean closed;

  /**
   * @param commands what is sent of rows that were gathered
   * @param guard null if rows replace each other whatever their times are
   */
  RedisWriter(
      SinkSettings settings,
      RowEncoder encoder,
      RedisPipeline pipeline,
      ProcessingTimeService timeService,
      WriterMetrics metrics,
      FlushCommands commands,
      @Nullable NewerWinsGuard guard) {
    this.settings = settings;
    this.encoder = encoder;
    this.pipeline = pipeline;
    this.timeService = timeService;
    this.metrics = metrics;
    this.commands = commands;
    this.guard = guard;
    metrics.watch(buffer::rows, () -> buffer.bytes() + inFlightBytes, inFlight::size);
  }

  @Override
  public void write(RowData row, Context context) throws IOException, InterruptedException {
    collectAnswers();
    switch (row.getRowKind()) {
      case INSERT, UPDATE_AFTER -> add(encode(row, false));
      case DELETE -> add(encode(row, true));
      // The planner sends these although nobody asked where a filter may drop the row that
      // follows. If that row comes, it replaces the deletion here, so this does not send.
      case UPDATE_BEFORE -> buffer(encode(row, true));
    }
  }

  private RowChange encode(RowData row, boolean delete) throws IOException {
    try {
      return delete ? encoder.delete(row) : encoder.upsert(row);
    } catch (IllegalArgumentException e) {
      metrics.error();
      throw new IOException(
          String.format("Table %s, %s", settings.layout().table(), e.getMessage()), e);
    }
  }

  private void add(RowChange change) throws IOException, InterruptedException {
    buffer(change);
    if (buffer.rows() >= settings.maxRows() || buffer.bytes() >= settings.maxBytes()) {
      send();
    }
  }

  private void buffer(RowChange change) {
    boolean ifNewer = guard != null && guard.hasToCompare(change);
    if (buffer.add(change, ifNewer)) {
      setTimer();
    } else {
      metrics.outdated(1);
    }
  }

  /** One is set as long as a row is buffered or unanswered, so that errors show soon. */
  private void setTimer() {
    if (!timerSet) {
      timerSet = true;
      timeService.registerTimer(
          timeService.getCurrentProcessingTime() + settings.interval().toMillis(), this::onTimer);
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
    while (inFlight.size() >= settings.maxInFlight()) {
      awaitOldest();
    }
    long bytes = buffer.bytes();
    List<PendingChange> changes = buffer.drain();
    RedisFlush flush = new RedisFlush(settings, commands, changes, bytes);
    if (guard != null) {
      guard.beforeSending(changes);
    }
    inFlight.add(flush);
    inFlightBytes += bytes;
    flush.send(pipeline);
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
    List<PipelineFailure> failures = oldest.await();
    while (!failures.isEmpty()) {
      repeat(oldest, failures);
      failures = oldest.await();
    }
    inFlight.remove();
    inFlightBytes -= oldest.bytes();
    metrics.sent(oldest);
  }

  /** Sends again what failed, and what came after it, in order. */
  private void repeat(RedisFlush oldest, List<PipelineFailure> failures)
      throws IOException, InterruptedException {
    PipelineFailure worst = Requests.worst(failures);
    if (worst.command().isScript() && !worst.isRetriable() && !oldest.isSentAgain()) {
      // It tells that one of several rows failed, not which.
      oldest.sendAgain(pipeline, failures);
      return;
    }
    Duration patience = oldest.patience();
    if (!worst.isRetriable() || patience.isZero()) {
      metrics.error();
      throw RedisErrors.failed(settings.target(), worst);
    }
    metrics.repeated();
    Map<RedisFlush, List<PipelineFailure>> failed = new LinkedHashMap<>();
    failed.put(oldest, failures);
    for (RedisFlush later : inFlight) {
      if (later != oldest) {
        // An answer that is still to come must not be taken for one to the second sending.
        failed.put(later, later.await());
      }
    }
    List<PipelineFailure> all = new ArrayList<>();
    failed.values().forEach(all::addAll);
    pipeline.recover(all, patience);
    if (guard != null) {
      guard.afterRecovery(oldest.patience());
    }
    failed.forEach((flush, its) -> flush.sendAgain(pipeline, its));
  }

  @Override
  public void close() {
    closed = true;
    pipeline.close();
  }
}
