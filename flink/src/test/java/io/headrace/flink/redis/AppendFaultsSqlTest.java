package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.functions.ScalarFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a job appends that fails in the middle, and whose Redis is killed, is what it would have
 * appended without.
 */
@Timeout(120)
class AppendFaultsSqlTest {

  private static final int ROWS = 20_000;
  private static final int ROWS_PER_SECOND = 5_000;
  private static final int KEYS = 3;

  @RegisterExtension static final RedisServer REDIS = RedisServer.builder().appendOnly().build();

  /** The number of the row; each time it comes by a certain row, it fails, but not for ever. */
  public static final class FailInTheMiddle extends ScalarFunction {

    private static final long serialVersionUID = 1L;
    private static final int AT = ROWS * 3 / 5;
    private static final int TIMES = 2;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    public Long eval(Long row) {
      if (row == AT && FAILURES.get() < TIMES) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("A fault of the test at row " + row);
      }
      return row;
    }
  }

  private SqlSession session;

  @BeforeEach
  void openSession() {
    FailInTheMiddle.FAILURES.set(0);
    session = new SqlSession(REDIS);
    set("execution.checkpointing.interval", "200 ms");
    set("restart-strategy.type", "fixed-delay");
    set("restart-strategy.fixed-delay.attempts", "100");
    set("restart-strategy.fixed-delay.delay", "100 ms");
    session
        .tableEnvironment()
        .createTemporarySystemFunction("fail_in_the_middle", FailInTheMiddle.class);
    session
        .tableEnvironment()
        .executeSql(
            ("CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',"
                    + " 'rows-per-second' = '%d', 'fields.n.kind' = 'sequence',"
                    + " 'fields.n.start' = '0', 'fields.n.end' = '%d')")
                .formatted(ROWS_PER_SECOND, ROWS - 1));
  }

  private void set(String option, String value) {
    session.tableEnvironment().getConfig().set(option, value);
  }

  private void createTable(String structure) {
    session.createTable(
        "log",
        "k BIGINT, n BIGINT",
        "'structure' = '" + structure + "'",
        "'key' = 'log:<k>'",
        structure.equals("list")
            ? "'value.column' = 'n', 'list.push' = 'right'"
            : "'sink.buffer-flush.max-rows' = '70'");
  }

  private TableResult start() {
    return session
        .tableEnvironment()
        .executeSql(
            "INSERT INTO log SELECT n %% %d, fail_in_the_middle(n) FROM numbers".formatted(KEYS));
  }

  private static void awaitSome(String structure) {
    REDIS.await(() -> appended(structure, 0).size() > ROWS / KEYS / 5);
  }

  @ParameterizedTest
  @CsvSource({"list, 1", "stream, 1", "list, 2", "stream, 2"})
  void eachRowIsAppendedOnce(String structure, int parallelism) throws Exception {
    set("parallelism.default", Integer.toString(parallelism));
    createTable(structure);

    TableResult job = start();
    awaitSome(structure);
    REDIS.kill();
    REDIS.start();
    job.await();

    assertThat(FailInTheMiddle.FAILURES).hasValue(FailInTheMiddle.TIMES);
    for (int key = 0; key < KEYS; key++) {
      if (parallelism == 1) {
        assertThat(appended(structure, key)).isEqualTo(expected(key));
      } else {
        assertThat(appended(structure, key).stream().sorted()).isEqualTo(expected(key));
      }
    }
  }

  @Test
  void jobGoesOnFromASavepointWithMoreSubtasks(@TempDir Path savepoints) throws Exception {
    createTable("list");
    JobClient job = start().getJobClient().orElseThrow();
    awaitSome("list");
    String savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    set("execution.state-recovery.path", savepoint);
    set("parallelism.default", "2");
    start().await();

    for (int key = 0; key < KEYS; key++) {
      assertThat(appended("list", key).stream().sorted()).isEqualTo(expected(key));
    }
  }

  private static List<Long> expected(int key) {
    return LongStream.range(0, ROWS).filter(n -> n % KEYS == key).boxed().toList();
  }

  private static List<Long> appended(String structure, int key) {
    return structure.equals("list")
        ? REDIS.commands().lrange("log:" + key, 0, -1).stream().map(Long::valueOf).toList()
        : REDIS.commands().xrange("log:" + key, Range.unbounded()).stream()
            .map(StreamMessage::getBody)
            .map(fields -> Long.valueOf(fields.get("n")))
            .toList();
  }
}
