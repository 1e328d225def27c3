package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of reading: a wrong one is found at planning. No server is asked. */
class SourceOptionsTest {

  private static void plan(Map<String, String> options) {
    TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    List<String> all = new ArrayList<>(List.of("'connector' = 'redis'", "'url' = 'redis://h'"));
    options.forEach((name, value) -> all.add("'" + name + "' = '" + value + "'"));
    sql.executeSql(
        "CREATE TABLE item (id STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ("
            + String.join(", ", all)
            + ")");
    sql.explainSql("SELECT * FROM item");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scan.count                         | 0       | it is 0. Write a number of 1 or more
          scan.max-retries                   | -1      | it is -1. Write a number of 0 or more
          lookup.max-retries                 | -1      | it is -1. Write a number of 0 or more
          lookup.cache                       | FULL    | a Redis table is never copied to Flink as a whole. Write 'PARTIAL'
          lookup.cache                       | PARTIAL | nothing ever leaves the cache. Set 'lookup.partial-cache.max-rows'
          lookup.partial-cache.max-rows      | 10      | there is no cache. Set 'lookup.cache' = 'PARTIAL', or leave this out
          """)
  void wrongOption(String option, String value, String fact) {
    Throwable error = catchThrowable(() -> plan(Map.of(option, value)));
    assertThat(ExceptionUtils.stringifyException(error))
        .contains("Table default_catalog.default_database.item, option '" + option + "': ", fact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lookup.partial-cache.max-rows            | 0   | it is 0. Write a number of 1 or more
          lookup.partial-cache.expire-after-write  | 0 s | it is 0 ms, which is not above zero
          lookup.partial-cache.expire-after-access | 0 s | it is 0 ms, which is not above zero
          """)
  void wrongOptionOfTheCache(String option, String value, String fact) {
    Throwable error = catchThrowable(() -> plan(Map.of("lookup.cache", "PARTIAL", option, value)));
    assertThat(ExceptionUtils.stringifyException(error))
        .contains("option '" + option + "': ", fact);
  }

  @Test
  void rightOptions() {
    assertThatCode(
            () ->
                plan(
                    Map.of(
                        "scan.count", "10",
                        "scan.max-retries", "0",
                        "scan.parallelism", "2",
                        "lookup.async", "false",
                        "lookup.max-retries", "0",
                        "lookup.cache", "PARTIAL",
                        "lookup.partial-cache.expire-after-write", "1 min",
                        "lookup.partial-cache.expire-after-access", "10 s",
                        "lookup.partial-cache.cache-missing-key", "false")))
        .doesNotThrowAnyException();
  }
}
