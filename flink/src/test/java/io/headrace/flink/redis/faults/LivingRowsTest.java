package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are to live for a while do so after faults too: not for ever, and not for less. */
@Timeout(300)
class LivingRowsTest {

  private static final Duration TTL = Duration.ofHours(1);

  @RegisterExtension static final RedisServer REDIS = RedisServer.builder().appendOnly().build();

  @ParameterizedTest
  @ValueSource(strings = {"'structure' = 'hash'", "'newer-wins.column' = 't'"})
  void severalFaults(String option) throws Exception {
    try (FaultJob job =
        FaultJob.writing(Workload.USUAL, REDIS.url())
            .with("'ttl' = '" + TTL.toMinutes() + " min'", option)
            .start()) {
      job.awaitMoreRows(2_000);
      job.untilRetries(1, REDIS::killOtherClients);
      job.awaitMoreRows(2_000);
      job.untilRetries(1, REDIS::kill);
      REDIS.start();
      job.awaitMoreRows(2_000);
      job.untilRestart(job::failTask);
      job.awaitEnd();

      FaultTable.exact(
          "connections, server and task killed; ttl, " + option.split("'")[1],
          job,
          Difference.of(REDIS.commands().getStatefulConnection().async(), job));
      for (String key : REDIS.commands().keys("item:*")) {
        assertThat(REDIS.commands().pttl(key))
            .as(key)
            .isBetween(TTL.minusMinutes(3).toMillis(), TTL.toMillis());
      }
    }
  }
}
