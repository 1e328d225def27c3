package io.headrace.flink.redis.bench;

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
    TableEnvironment sql = Jobs.session();
    BenchTable.create(sql, run);
    sql.executeSql(
        """
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100000000',
          'number-of-rows' = '%d', 'fields.n.min' = '0', 'fields.n.max' = '1000000000')
        """
            .formatted(run.rows()));
    return Jobs.measure(
        run, "numRecordsSend", () -> sql.executeSql(INSERT).getJobClient().orElseThrow());
  }
}
