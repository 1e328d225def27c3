package io.headrace.flink.redis.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What one run tells: numbers by their names. */
final class Measured {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<String, Double> values = new LinkedHashMap<>();
  private long startNanos;
  private long startCpuNanos;

  /** From here on it counts. */
  void start() {
    startNanos = System.nanoTime();
    startCpuNanos = SYSTEM.getProcessCpuTime();
  }

  void stop(long rows) {
    put("rows_per_second", rows * 1e9 / (System.nanoTime() - startNanos));
    put("cpu_microseconds_per_row", (SYSTEM.getProcessCpuTime() - startCpuNanos) / 1e3 / rows);
  }

  void put(String name, double value) {
    values.put(name, value);
  }

  void putMaximum(String name, double value) {
    values.merge(name, value, Math::max);
  }

  double get(String name) {
    return values.get(name);
  }

  String json() {
    return values.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
