package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis is killed, and comes back with what it had on its disk. */
@Timeout(300)
class KilledServerTest {

  @RegisterExtension static final RedisServer REDIS = RedisServer.builder().appendOnly().build();

  @Test
  void backSoon() throws Exception {
    try (FaultJob job = FaultJob.writing(Workload.USUAL, REDIS.url()).start()) {
      for (int i = 0; i < 2; i++) {
        job.awaitMoreRows(3_000);
        job.untilRetries(1, REDIS::kill);
        REDIS.start();
      }
      job.awaitEnd();

      FaultTable.exact("Redis killed twice, back soon", job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void awayForLongerThanIsTried() throws Exception {
    try (FaultJob job =
        FaultJob.writing(Workload.USUAL, REDIS.url())
            .with("'sink.retry.timeout' = '300 ms'")
            .start()) {
      job.awaitMoreRows(3_000);
      job.untilRestart(REDIS::kill);
      REDIS.start();
      job.awaitEnd();

      FaultTable.exact("Redis killed, away for longer than is tried", job, difference(job));
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
