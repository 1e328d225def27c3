package io.headrace.flink.redis.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** Jobs on a mini cluster, set as the project sets its own, and how fast they go. */
final class Jobs {

  private static final long POLL_NANOS = 1_000_000;

  private Jobs() {}

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    configuration.setString("restart-strategy.type", "none");
    configuration.setString("execution.checkpointing.interval", "1 s");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("table.local-time-zone", "UTC");
    configuration.setString("taskmanager.memory.network.min", "16mb");
    configuration.setString("taskmanager.memory.network.max", "16mb");
    configuration.setString(
        "metrics.reporter.bench.factory.class", JobMetrics.Factory.class.getName());
    return configuration;
  }

  static TableEnvironment session() {
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(configuration())
            .build());
  }

  /** A job that is about to start. */
  interface Start {
    JobClient start() throws Exception;
  }

  /**
   * From when Redis has answered for the last row that does not count to when it has for the last
   * row. Of rows with one key in one flush, only the last is sent.
   *
   * @param counter the name of the metric that counts the rows
   */
  static Measured measure(Run run, String counter, Start job) throws Exception {
    JobMetrics.clear();
    Measured measured = new Measured();
    CompletableFuture<?> result = job.start().getJobExecutionResult();
    long before = awaitRows(run.warm(), counter, result, measured);
    measured.start();
    long after = awaitRows(run.rows(), counter, result, measured);
    measured.stop(after - before);
    result.get();
    double bytesOfRow = (double) JobMetrics.count("numBytesSend") / after;
    measured.put("bytes_held", measured.get("rows_held") * bytesOfRow);
    return measured;
  }

  /** Until so many rows are counted, or the job has ended. */
  private static long awaitRows(
      long rows, String counter, CompletableFuture<?> result, Measured measured) {
    while (JobMetrics.count(counter) < rows && !result.isDone()) {
      LockSupport.parkNanos(POLL_NANOS);
      double held =
          JobMetrics.gauge("numRecordsBuffered")
              + JobMetrics.gauge("numFlushesInFlight") * BenchTable.FLUSH_ROWS;
      measured.putMaximum("rows_held", held);
    }
    return JobMetrics.count(counter);
  }
}
