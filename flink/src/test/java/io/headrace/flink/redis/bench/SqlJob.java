package io.headrace.flink.redis.bench;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** The same table behind a plain INSERT, from Flink's own generator of rows. */
final class SqlJob {

  private static final String INSERT =
      """
      INSERT INTO item
      SELECT
        'i' || CAST(1000000 + MOD(n * 7919, 200000) AS STRING),
        MOD(n, 9973) / 9973e0,
        n,
        TO_TIMESTAMP_LTZ(1795000000000 + n / 200, 3)
      FROM numbers
      ON CONFLICT DO DEDUPLICATE
      """;

  private SqlJob() {}

  static Measured run(Run run) throws Exception {
    TableEnvironment sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(Jobs.configuration())
                .build());
    sql.executeSql(
        """
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100000000',
          'number-of-rows' = '%d', 'fields.n.min' = '0', 'fields.n.max' = '1000000000')
        """
            .formatted(run.rows()));
    sql.executeSql(
        """
        CREATE TABLE item (
          id STRING, score DOUBLE, comments BIGINT, seen TIMESTAMP_LTZ(3),
          PRIMARY KEY (id) NOT ENFORCED) WITH (%s)
        """
            .formatted(list(BenchTable.options(run.url(), run.options()))));
    return Jobs.measure(run, () -> sql.executeSql(INSERT).getJobClient().orElseThrow());
  }

  private static String list(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
        .collect(joining(", "));
  }
}
