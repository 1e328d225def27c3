package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that read a table of a cluster with several readers. */
class ScanJobTest {

  private static final int ROWS = 3_000;

  @RegisterExtension static final RedisCluster REDIS = RedisCluster.builder().build();

  private final List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "i" + i).toList();
  private TableEnvironment sql;

  /** Fails at one row, once for all runs of the job. */
  public static final class FailOnce extends ScalarFunction {

    private static final long serialVersionUID = 1L;
    private static final AtomicInteger ROWS_LEFT = new AtomicInteger();

    public String eval(String id) {
      if (ROWS_LEFT.getAndDecrement() == 1) {
        throw new IllegalStateException("once");
      }
      return id;
    }
  }

  @BeforeEach
  void open() {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", "2");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "1");
    configuration.setString("restart-strategy.fixed-delay.delay", "1 ms");
    configuration.setString("execution.checkpointing.interval", "10 ms");
    configuration.setString("taskmanager.memory.network.max", "16mb");
    configuration.setString("taskmanager.memory.network.min", "16mb");
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
    sql.executeSql(
        "CREATE TABLE item (id STRING, n INT, PRIMARY KEY (id) NOT ENFORCED) WITH"
            + " ('connector' = 'redis', 'url' = '"
            + REDIS.url()
            + "', 'scan.count' = '10')");
    sql.createTemporarySystemFunction("fail_once", FailOnce.class);
    ids.forEach(id -> REDIS.commands().hset("item:" + id, "n", "1"));
  }

  private List<String> query(String select) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(select).collect()) {
      result.forEachRemaining(row -> rows.add(row.getFieldAs(0).toString()));
    }
    return rows;
  }

  @Test
  void allPrimariesAreRead() throws Exception {
    assertThat(query("SELECT id FROM item")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(query("SELECT id FROM item WHERE id IN ('i7', 'i8', 'none')"))
        .containsExactlyInAnyOrder("i7", "i8");
  }

  @Test
  void jobThatFailsAndIsRestoredReadsEachRowOnce() throws Exception {
    FailOnce.ROWS_LEFT.set(ROWS / 2);

    assertThat(query("SELECT fail_once(id) FROM item")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(FailOnce.ROWS_LEFT.get()).as("it has failed").isLessThan(0);
  }
}
