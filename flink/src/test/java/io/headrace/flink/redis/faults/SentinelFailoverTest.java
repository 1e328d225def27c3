package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisSentinel;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica becomes the primary while the job writes. */
@Timeout(300)
class SentinelFailoverTest {

  @RegisterExtension static final RedisSentinel REDIS = RedisSentinel.builder().build();

  @ParameterizedTest
  @ValueSource(strings = {"'ttl' = '1 h'", "'newer-wins.column' = 't'"})
  void primaryDies(String option) throws Exception {
    try (FaultJob job = start(1, option)) {
      job.awaitMoreRows(3_000);
      job.untilRetries(1, REDIS::killPrimaryAndAwaitFailover);
      REDIS.startDead();
      job.awaitEnd();

      FaultTable.exact(
          "Sentinel: primary killed, wait-replicas 1, " + option.split("'")[1],
          job,
          difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'ttl' = '1 h'", "'newer-wins.column' = 't'"})
  void replicaIsPromoted(String option) throws Exception {
    try (FaultJob job = start(1, option)) {
      job.awaitMoreRows(3_000);
      job.untilRetries(1, REDIS::failover);
      job.awaitEnd();

      FaultTable.exact(
          "Sentinel: replica promoted, wait-replicas 1, " + option.split("'")[1],
          job,
          difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  /** Only measured: Redis promises nothing here, so there is nothing that could be asserted. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutWaitingForReplicas(boolean dies) throws Exception {
    try (FaultJob job = start(0, "'ttl' = '1 h'")) {
      job.awaitMoreRows(3_000);
      if (dies) {
        REDIS.killPrimaryAndAwaitFailover();
      } else {
        REDIS.failover();
      }
      job.awaitEnd();

      FaultTable.record(
          "Sentinel: " + (dies ? "primary killed" : "replica promoted") + ", wait-replicas 0",
          job,
          difference(job),
          "measured, nothing promised");
      assertThat(job.restarts()).isZero();
    }
  }

  private FaultJob start(int waitReplicas, String option) throws Exception {
    return FaultJob.writing(Workload.USUAL, REDIS.url())
        .with("'sink.wait-replicas' = '" + waitReplicas + "'", "'command.timeout' = '1 s'", option)
        // On a busy machine the Sentinels take longer than the 30 s of the default.
        .with("'sink.retry.timeout' = '2 min'")
        .start();
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
