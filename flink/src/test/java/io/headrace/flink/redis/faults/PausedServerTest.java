package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis does not answer for longer than 'command.timeout'. */
@Timeout(300)
class PausedServerTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @ParameterizedTest
  @ValueSource(strings = {"WRITE", "ALL"})
  void clientPause(String commands) throws Exception {
    try (FaultJob job =
        FaultJob.writing(Workload.USUAL, REDIS.url())
            .with("'command.timeout' = '300 ms'", "'connect.timeout' = '300 ms'")
            .start()) {
      job.awaitMoreRows(3_000);
      job.untilRetries(1, () -> REDIS.pause(1_500, commands));
      job.awaitEnd();

      FaultTable.exact("CLIENT PAUSE 1500 " + commands, job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
