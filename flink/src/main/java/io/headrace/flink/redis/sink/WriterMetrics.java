package io.headrace.flink.redis.sink;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a writer reports: the metrics that Flink asks of every sink (numRecordsSend, numBytesSend,
 * numRecordsSendErrors, currentSendTime), and Redis' own.
 */
final class WriterMetrics {

  private static final int HISTOGRAM_WINDOW = 1_000;

  private final SinkWriterMetricGroup group;
  private final Counter numFlushRetries;
  private final Counter numRecordsOutdated;
  private final Histogram recordsPerFlush;
  private long lastSendMillis;

  WriterMetrics(SinkWriterMetricGroup group) {
    this.group = group;
    this.numFlushRetries = group.counter("numFlushRetries");
    this.numRecordsOutdated = group.counter("numRecordsOutdated");
    this.recordsPerFlush =
        group.histogram("recordsPerFlush", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    group.setCurrentSendTimeGauge(() -> lastSendMillis);
  }

  /**
   * @param heldBytes of rows that are gathered, or sent and not answered
   */
  void watch(IntSupplier bufferedRecords, LongSupplier heldBytes, IntSupplier flushesInFlight) {
    group.gauge("numRecordsBuffered", bufferedRecords::getAsInt);
    group.gauge("numBytesHeld", heldBytes::getAsLong);
    group.gauge("numFlushesInFlight", flushesInFlight::getAsInt);
  }

  /** A flush was answered without an error. */
  void sent(RedisFlush flush) {
    lastSendMillis = flush.millis();
    group.getNumRecordsSendCounter().inc(flush.rows());
    group.getNumBytesSendCounter().inc(flush.bytes());
    recordsPerFlush.update(flush.rows());
    outdated(flush.outdatedRows());
  }

  /** Rows that were left out because a later one of their key was there. */
  void outdated(int rows) {
    numRecordsOutdated.inc(rows);
  }

  long outdated() {
    return numRecordsOutdated.getCount();
  }

  /** A flush is sent again. */
  void repeated() {
    numFlushRetries.inc();
  }

  /** The job is about to fail. */
  void error() {
    group.getNumRecordsSendErrorsCounter().inc();
  }
}
