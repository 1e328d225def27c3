package io.headrace.flink.redis.lookup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.CacheMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what is registered, for tests to look at. */
final class Metrics extends UnregisteredMetricsGroup implements CacheMetricGroup {

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
  private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();

  long count(String name) {
    return counters.get(name).getCount();
  }

  Object gauge(String name) {
    return gauges.get(name).getValue();
  }

  Histogram histogram(String name) {
    return histograms.get(name);
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    counters.put(name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    histograms.put(name, histogram);
    return histogram;
  }

  @Override
  public void hitCounter(Counter counter) {
    counters.put("hitCount", counter);
  }

  @Override
  public void missCounter(Counter counter) {
    counters.put("missCount", counter);
  }

  @Override
  public void loadCounter(Counter counter) {}

  @Override
  public void numLoadFailuresCounter(Counter counter) {}

  @Override
  public void latestLoadTimeGauge(Gauge<Long> gauge) {}

  @Override
  public void numCachedRecordsGauge(Gauge<Long> gauge) {
    gauges.put("numCachedRecords", gauge);
  }

  @Override
  public void numCachedBytesGauge(Gauge<Long> gauge) {}
}
