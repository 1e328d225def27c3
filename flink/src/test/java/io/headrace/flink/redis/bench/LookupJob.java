package io.headrace.flink.redis.bench;

import org.apache.flink.table.api.TableEnvironment;

/**
 * A lookup join in SQL with the table that is in Redis already. Most rows ask for few keys, as
 * streams do: three of four for the first tenth.
 */
final class LookupJob {

  private static final String JOIN =
      """
      INSERT INTO joined
      SELECT asked.id, item.score, item.comments
      FROM (
        SELECT
          'i' || CAST(1000000 + CAST(FLOOR(POWER(place, 8) * 200000) AS BIGINT) AS STRING) AS id,
          asked_at
        FROM places
      ) AS asked
      JOIN item FOR SYSTEM_TIME AS OF asked.asked_at ON item.id = asked.id
      """;

  private LookupJob() {}

  static Measured run(Run run) throws Exception {
    TableEnvironment sql = Jobs.session();
    BenchTable.create(sql, run);
    sql.executeSql(
        """
        CREATE TABLE places (place DOUBLE, asked_at AS PROCTIME()) WITH (
          'connector' = 'datagen', 'rows-per-second' = '100000000',
          'number-of-rows' = '%d', 'fields.place.min' = '0', 'fields.place.max' = '1')
        """
            .formatted(run.rows()));
    sql.executeSql(
        """
        CREATE TABLE joined (id STRING, score DOUBLE, comments BIGINT)
        WITH ('connector' = 'blackhole')
        """);
    Measured measured =
        Jobs.measure(
            run,
            "LookupJoin.numRecordsOut",
            () -> sql.executeSql(JOIN).getJobClient().orElseThrow());
    measured.put("hit_ratio", JobMetrics.gauge("hitRatio"));
    return measured;
  }
}
