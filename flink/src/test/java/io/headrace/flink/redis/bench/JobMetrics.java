package io.headrace.flink.redis.bench;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Lets the bench read Flink's own metrics of the job that runs in this JVM. */
public final class JobMetrics implements MetricReporter {

  /** By name; of each the one that was registered last. */
  private static final Map<String, Metric> METRICS = new ConcurrentHashMap<>();

  /** Found by Flink under {@code metrics.reporter.<name>.factory.class}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobMetrics();
    }
  }

  /** Forgets the job before. */
  static void clear() {
    METRICS.clear();
  }

  /** Rows that Redis has answered for. */
  static long acknowledgedRows() {
    return METRICS.get("numRecordsSend") instanceof Counter counter ? counter.getCount() : 0;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.put(name, metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
