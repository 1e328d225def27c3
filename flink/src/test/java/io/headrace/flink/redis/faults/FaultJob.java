package io.headrace.flink.redis.faults;

import io.headrace.flink.redis.server.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.util.ExceptionUtils;

/**
 * A Flink job on a mini cluster that writes a {@link Workload} to the Redis table {@code item} with
 * two writers, with a checkpoint every 200 ms; after a failure it starts again. It stops before the
 * last quarter of the rows until {@link #awaitEnd}: what the test does before that is in
 * mid-stream.
 */
final class FaultJob implements AutoCloseable {

  /** Few enough for rows that are left out to take no time. */
  private static final long MOST_ROWS = 60_000;

  /** How many rows come when the test has done all it does. */
  private static final long LAST_ROWS = 2_500;

  /** Of a test's patience: a busy machine is 20 times as slow as an idle one. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private final Workload workload;
  private final long lastRows;
  private final Pace pace;
  private final JobMetrics metrics;
  private final Vitals vitals;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  /** How the job and its table are. */
  static final class Builder {

    private final Workload workload;
    private final List<String> options = new ArrayList<>();
    private String columns =
        Workload.COLUMNS.replace("id STRING NOT NULL", "id STRING")
            + ", PRIMARY KEY (id) NOT ENFORCED";
    private String select = "SELECT id, n, a, score, t FROM changes";
    private double rowsPerSecond = 5_000;
    private long rows = MOST_ROWS;
    private int restarts = 20;
    private int writers = 2;
    private String onConflict = " ON CONFLICT DO DEDUPLICATE";

    private Builder(Workload workload, String url) {
      this.workload = workload;
      with("'connector' = 'redis'", "'url' = '" + url + "'");
    }

    /** Of the table, for example {@code 'ttl' = '1 h'}. */
    Builder with(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** A table without a primary key, and what is appended to it, in order. */
    Builder appending(String declared, String selected) {
      columns = declared;
      select = selected;
      onConflict = "";
      writers = 1;
      return this;
    }

    Builder rowsPerSecond(double number) {
      rowsPerSecond = number;
      return this;
    }

    /** Exactly so many, as fast as it can. */
    Builder rows(long number) {
      rows = number;
      return this;
    }

    /** How often the job may start again before it has failed for good. */
    Builder restarts(int number) {
      restarts = number;
      return this;
    }

    FaultJob start() throws Exception {
      return new FaultJob(this);
    }
  }

  static Builder writing(Workload workload, String url) {
    return new Builder(workload, url);
  }

  private FaultJob(Builder builder) throws Exception {
    workload = builder.workload;
    lastRows = builder.rows == MOST_ROWS ? LAST_ROWS : builder.rows;
    pace = new Pace(builder.rowsPerSecond, builder.rows - lastRows);
    Configuration configuration = configuration(builder.restarts);
    metrics = JobMetrics.of(pace.id(), configuration);
    builder.with("'sink.parallelism' = '" + builder.writers + "'");
    StreamTableEnvironment sql = sql(configuration, builder.rows);
    sql.executeSql(
        "CREATE TABLE item (%s) WITH (%s)"
            .formatted(builder.columns, String.join(", ", builder.options)));
    String insert = "INSERT INTO item " + builder.select + builder.onConflict;
    client = sql.executeSql(insert).getJobClient().orElseThrow();
    result = client.getJobExecutionResult();
    vitals = new Vitals(metrics);
  }

  private static Configuration configuration(int restarts) {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    configuration.setString("execution.checkpointing.interval", "200 ms");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "" + restarts);
    configuration.setString("restart-strategy.fixed-delay.delay", "100 ms");
    configuration.setString("taskmanager.memory.network.max", "16mb");
    configuration.setString("taskmanager.memory.network.min", "16mb");
    return configuration;
  }

  private StreamTableEnvironment sql(Configuration configuration, long rows) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    Workload changes = workload;
    DataStream<Row> stream =
        environment
            .fromSource(
                new DataGeneratorSource<>(
                    n -> changes.change(n).row(), rows, pace.strategy(), Workload.type()),
                WatermarkStrategy.noWatermarks(),
                "changes")
            .filter(pace.task());
    StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
    if (workload.deletes()) {
      Schema schema =
          Schema.newBuilder()
              .column("id", DataTypes.STRING().notNull())
              .column("n", DataTypes.BIGINT())
              .column("a", DataTypes.STRING())
              .column("score", DataTypes.DOUBLE())
              .column("t", DataTypes.TIMESTAMP_LTZ(3))
              .primaryKey("id")
              .build();
      sql.createTemporaryView(
          "changes", sql.fromChangelogStream(stream, schema, ChangelogMode.upsert(false)));
    } else {
      sql.createTemporaryView("changes", stream);
    }
    return sql;
  }

  Workload workload() {
    return workload;
  }

  JobMetrics metrics() {
    return metrics;
  }

  Vitals vitals() {
    return vitals;
  }

  /** How many changes there are; before the end, how many there were. */
  long rows() {
    return pace.rows().orElse(pace.emitted());
  }

  long restarts() {
    return metrics.last("numRestarts");
  }

  /** How often a writer sent something again. */
  long retries() {
    return metrics.count("numFlushRetries");
  }

  /** Returns when the source has emitted so many rows more than now. */
  void awaitMoreRows(long more) {
    long rows = pace.emitted() + more;
    await("the source has emitted " + rows + " rows", () -> pace.emitted() >= rows);
  }

  /** Returns when a checkpoint is completed. */
  void awaitCheckpoint() {
    int checkpoints = pace.checkpoints();
    await("a checkpoint is completed", () -> pace.checkpoints() > checkpoints);
  }

  /** Does something, and returns when a writer has sent again so many times. */
  void untilRetries(int times, Injury injury) throws Exception {
    long retries = retries() + times;
    injury.inflict();
    await("writers send again", () -> retries() >= retries);
  }

  /** Does something, and returns when a writer has sent again, or the job has started again. */
  void untilNoticed(Injury injury) throws Exception {
    long retries = retries();
    long restarts = restarts();
    injury.inflict();
    await("it is noticed", () -> retries() > retries || restarts() > restarts);
  }

  /** Does something, and returns when the job has started again. */
  void untilRestart(Injury injury) throws Exception {
    long restarts = restarts();
    injury.inflict();
    await("the job starts again", () -> restarts() > restarts);
  }

  /** What is done to Redis, or to the job. */
  interface Injury {
    void inflict() throws Exception;
  }

  /** Returns when a condition has come true while the job ran. */
  private void await(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          boolean ended = result.isDone();
          if (condition.getAsBoolean()) {
            return true;
          }
          if (ended) {
            result.get();
            throw new IllegalStateException("The job has ended");
          }
          return false;
        });
  }

  /** The task throws an exception at its next row. */
  void failTask() {
    pace.failTask();
  }

  /** Lets the source go to its end, which is not far. */
  void awaitEnd() throws Exception {
    pace.openGate(lastRows);
    result.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Lets the source go to its end, and returns why the job failed before, with all causes.
   *
   * @throws AssertionError if it did not
   */
  String awaitFailure() throws Exception {
    try {
      awaitEnd();
    } catch (ExecutionException e) {
      return ExceptionUtils.stringifyException(e);
    }
    throw new AssertionError("The job has not failed");
  }

  @Override
  public void close() throws Exception {
    vitals.close();
    if (!result.isDone()) {
      client.cancel().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    pace.remove();
    metrics.remove();
  }
}
