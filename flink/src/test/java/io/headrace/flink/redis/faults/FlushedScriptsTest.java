package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis forgets the scripts that compare times. */
@Timeout(300)
class FlushedScriptsTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @ParameterizedTest
  @ValueSource(strings = {"auto", "always"})
  void scriptFlush(String check) throws Exception {
    try (FaultJob job =
        FaultJob.writing(Workload.USUAL, REDIS.url())
            .with("'newer-wins.column' = 't'", "'newer-wins.check' = '" + check + "'")
            .start()) {
      for (int i = 0; i < 3; i++) {
        job.awaitMoreRows(500);
        job.untilRetries(1, REDIS.commands()::scriptFlush);
      }
      job.awaitEnd();

      FaultTable.exact(
          "SCRIPT FLUSH 3 times, newer-wins.check " + check,
          job,
          Difference.of(REDIS.commands().getStatefulConnection().async(), job));
      assertThat(job.restarts()).isZero();
      assertThat(REDIS.commands().info("errorstats")).contains("errorstat_NOSCRIPT");
    }
  }
}
