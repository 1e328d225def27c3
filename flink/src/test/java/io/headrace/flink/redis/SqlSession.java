package io.headrace.flink.redis;

import io.headrace.flink.redis.server.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A Flink SQL session in this JVM, for tests that look at Redis tables as analysts do. */
public final class SqlSession {

  private final TableEnvironment sql;
  private final RedisServer redis;

  /** In streaming mode. */
  public SqlSession(RedisServer redis) {
    this(redis, EnvironmentSettings.newInstance().inStreamingMode());
  }

  public SqlSession(RedisServer redis, EnvironmentSettings.Builder mode) {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "1");
    configuration.setString("restart-strategy.type", "none");
    configuration.setString("table.exec.sink.require-on-conflict", "false");
    configuration.setString("table.local-time-zone", "Asia/Shanghai");
    configuration.setString("taskmanager.memory.network.max", "16mb");
    configuration.setString("taskmanager.memory.network.min", "16mb");
    this.redis = redis;
    this.sql = TableEnvironment.create(mode.withConfiguration(configuration).build());
  }

  /** CREATE TABLE … WITH ('connector' = 'redis', 'url' = (the test's server), options). */
  public void createTable(String name, String columns, String... options) {
    String more = options.length == 0 ? "" : ", " + String.join(", ", options);
    sql.executeSql(
        "CREATE TABLE %s (%s) WITH ('connector' = 'redis', 'url' = '%s'%s)"
            .formatted(name, columns, redis.url(), more));
  }

  /** Runs a statement to its end. */
  public void run(String statement) throws Exception {
    sql.executeSql(statement).await();
  }

  /** The rows of a query, each as Flink prints it. */
  public List<String> query(String select) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(select).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  public TableEnvironment tableEnvironment() {
    return sql;
  }
}
