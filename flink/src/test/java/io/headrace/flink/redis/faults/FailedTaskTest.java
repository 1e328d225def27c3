package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task fails, and the job repeats rows that Redis has already. */
@Timeout(300)
class FailedTaskTest {

  private static final int TIMES = 3;
  private static final int KEYS = 100;

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final Workload workload = new Workload(KEYS, true);

  @ParameterizedTest
  @ValueSource(strings = {"auto", "always"})
  void noReaderOfHashesSeesTimeGoBack(String check) throws Exception {
    try (FaultJob job =
            FaultJob.writing(workload, REDIS.url())
                .with("'newer-wins.column' = 't'", "'newer-wins.check' = '" + check + "'")
                .start();
        Reader reader = Reader.ofHashes(redis(), KEYS)) {
      failAgainAndAgain(job);

      FaultTable.exact(
          "task failed 3 times, hash, newer-wins.check " + check, job, Difference.of(redis(), job));
      assertThat(reader.looks()).isGreaterThan(TIMES);
      assertThat(reader.steppedBack()).isEmpty();
    }
  }

  @Test
  void noReaderOfStringsSeesTimeGoBack() throws Exception {
    try (FaultJob job =
            FaultJob.writing(workload, REDIS.url())
                .with("'structure' = 'string'", "'newer-wins.column' = 't'")
                .start();
        Reader reader = Reader.ofStrings(redis(), KEYS)) {
      failAgainAndAgain(job);

      FaultTable.exact(
          "task failed 3 times, string, newer-wins.check auto",
          job,
          Difference.ofStrings(redis(), job));
      assertThat(reader.looks()).isGreaterThan(TIMES);
      assertThat(reader.steppedBack()).isEmpty();
    }
  }

  private static void failAgainAndAgain(FaultJob job) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      job.awaitCheckpoint();
      job.awaitMoreRows(500);
      job.untilRestart(job::failTask);
    }
    job.awaitEnd();
  }

  private static RedisClusterAsyncCommands<String, String> redis() {
    return REDIS.commands().getStatefulConnection().async();
  }
}
