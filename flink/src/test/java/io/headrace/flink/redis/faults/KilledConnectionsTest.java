package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redis closes all connections again and again. */
@Timeout(300)
class KilledConnectionsTest {

  private static final int TIMES = 8;

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @ParameterizedTest
  @CsvSource({
    "CLIENT KILL of all connections 8 times, 'ttl' = '1 h'",
    "CLIENT KILL of all connections 8 times, 'newer-wins.column' = 't'"
  })
  void clientKill(String fault, String option) throws Exception {
    try (FaultJob job = FaultJob.writing(Workload.USUAL, REDIS.url()).with(option).start()) {
      for (int i = 0; i < TIMES; i++) {
        job.awaitMoreRows(300);
        job.untilRetries(1, REDIS::killOtherClients);
      }
      job.awaitEnd();

      FaultTable.exact(fault + ", " + option.split("'")[1], job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
