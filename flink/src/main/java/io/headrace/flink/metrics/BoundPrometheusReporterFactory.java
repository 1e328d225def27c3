package io.headrace.flink.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.flink.metrics.prometheus.BoundPrometheusReporter;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The reporter of {@code metrics.reporter.<name>.factory.class}. Its options beside those of
 * Flink's own Prometheus reporter: {@code host} (default 127.0.0.1) and {@code port} (default
 * 9249).
 */
public final class BoundPrometheusReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties options) {
    String host = options.getProperty("host", "127.0.0.1");
    // A number in config.yaml comes as one, and getProperty sees strings alone.
    String port = options.getOrDefault("port", 9249).toString();
    try {
      return new BoundPrometheusReporter(host, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "metrics.reporter: cannot listen on %s:%s; set another host or port"
              .formatted(host, port),
          e);
    }
  }
}
