package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis has no memory left, and evicts nothing. */
@Timeout(300)
class FullMemoryTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static void noMemory() {
    REDIS.commands().configSet("maxmemory", "1");
  }

  @AfterEach
  void unlimited() {
    REDIS.commands().configSet("maxmemory", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'ttl' = '1 h'", "'newer-wins.column' = 't'"})
  void relievedAfterAWhile(String option) throws Exception {
    try (FaultJob job = FaultJob.writing(Workload.USUAL, REDIS.url()).with(option).start()) {
      job.awaitMoreRows(3_000);
      job.untilRetries(3, FullMemoryTest::noMemory);
      unlimited();
      job.awaitEnd();

      FaultTable.exact("OOM, relieved, " + option.split("'")[1], job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void notRelieved() throws Exception {
    try (FaultJob job =
        FaultJob.writing(Workload.USUAL, REDIS.url())
            .with("'sink.retry.timeout' = '500 ms'")
            .restarts(1)
            .start()) {
      job.awaitMoreRows(3_000);
      noMemory();
      String failure = job.awaitFailure();

      FaultTable.record("OOM, not relieved", job, difference(job), "failed with the reason");
      assertThat(failure)
          .contains("Table default_catalog.default_database.item, key 'item:k")
          .contains("answered 'OOM command not allowed when used memory > 'maxmemory'.'")
          .contains("Give Redis more memory");
      assertThat(job.restarts()).isEqualTo(1);
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
