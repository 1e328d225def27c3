package io.headrace.flink.redis.bench;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Lets the bench read Flink's own metrics of the job that runs in this JVM. */
public final class JobMetrics implements MetricReporter {

  /** By name; of each the one that was registered last. They outlive their job. */
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

  /** 0 where there is none, yet. */
  static long count(String name) {
    return METRICS.get(name) instanceof Counter counter ? counter.getCount() : 0;
  }

  /** 0 where there is none, yet. */
  static double gauge(String name) {
    return METRICS.get(name) instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number.doubleValue()
        : 0;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  /** Those of operators that tell of all records that go in or out are of no use without a name. */
  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.put(name, metric);
    String operator = group.getAllVariables().get("<operator_name>");
    if (operator != null && operator.startsWith("LookupJoin")) {
      METRICS.put("LookupJoin." + name, metric);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
