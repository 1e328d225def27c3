package io.headrace.flink.redis.faults;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** The metrics of one job, those of tasks that have ended too. */
public final class JobMetrics implements MetricReporter {

  private static final String ID = "id";
  private static final Map<String, JobMetrics> REPORTERS = new ConcurrentHashMap<>();

  /** By name; a metric that each subtask has is there several times. */
  private final Map<String, Collection<Metric>> all = new ConcurrentHashMap<>();

  private final Collection<Metric> ended = ConcurrentHashMap.newKeySet();

  /** Flink makes the reporter where the job runs, which is here too. */
  public static final class Factory implements MetricReporterFactory {

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return REPORTERS.get(properties.getProperty(ID));
    }
  }

  static JobMetrics of(String id, Configuration configuration) {
    configuration.setString("metrics.reporters", "test");
    configuration.setString("metrics.reporter.test.factory.class", Factory.class.getName());
    configuration.setString("metrics.reporter.test." + ID, id);
    return REPORTERS.computeIfAbsent(id, it -> new JobMetrics());
  }

  void remove() {
    REPORTERS.values().remove(this);
  }

  private Stream<Metric> named(String name) {
    return all.getOrDefault(name, List.of()).stream();
  }

  /** The sum of all counters of that name, of tasks that have ended too. */
  long count(String name) {
    return named(name).mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }

  /** The sum of all gauges of that name that are there now. */
  long sum(String name) {
    return named(name)
        .filter(metric -> !ended.contains(metric))
        .mapToLong(metric -> ((Gauge<?>) metric).getValue() instanceof Number n ? n.longValue() : 0)
        .sum();
  }

  /** The last value of the job's gauge, also when the job has ended; 0 if there was none. */
  long last(String name) {
    return named(name)
        .mapToLong(metric -> ((Gauge<?>) metric).getValue() instanceof Number n ? n.longValue() : 0)
        .max()
        .orElse(0);
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    all.computeIfAbsent(name, it -> new CopyOnWriteArrayList<>()).add(metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    ended.add(metric);
  }
}
