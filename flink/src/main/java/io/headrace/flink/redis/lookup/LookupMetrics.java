package io.headrace.flink.redis.lookup;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What is reported of the lookups that Redis is asked for; those that a cache answers are not. */
final class LookupMetrics {

  private static final int HISTOGRAM_WINDOW = 1_000;

  private final AtomicInteger inFlight = new AtomicInteger();
  private final Counter lookups;
  private final Counter retries;
  private final Counter errors;
  private final Histogram micros;

  LookupMetrics(MetricGroup group) {
    lookups = group.counter("numLookups", new ThreadSafeSimpleCounter());
    retries = group.counter("numLookupRetries", new ThreadSafeSimpleCounter());
    errors = group.counter("numLookupErrors", new ThreadSafeSimpleCounter());
    micros = group.histogram("lookupMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    group.gauge("numLookupsInFlight", inFlight::get);
  }

  void asked() {
    lookups.inc();
    inFlight.incrementAndGet();
  }

  /** A lookup is tried once more. */
  void repeated() {
    retries.inc();
  }

  /**
   * @param sinceNanos when Redis was first asked, by System.nanoTime()
   */
  void answered(long sinceNanos) {
    inFlight.decrementAndGet();
    micros.update(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sinceNanos));
  }

  /** The job is about to fail. */
  void failed() {
    inFlight.decrementAndGet();
    errors.inc();
  }
}
