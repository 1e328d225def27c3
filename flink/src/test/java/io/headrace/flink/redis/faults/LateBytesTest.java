package io.headrace.flink.redis.faults;

import io.headrace.flink.redis.server.Await;
import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task had sent before it failed comes to Redis after what its successor has sent. */
@Timeout(300)
class LateBytesTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @ParameterizedTest
  @ValueSource(strings = {"'ttl' = '1 h'", "'newer-wins.column' = 't'"})
  void rowsOfAFailedTaskComeLate(String option) throws Exception {
    try (LateNetwork network = new LateNetwork(REDIS.port());
        FaultJob job =
            FaultJob.writing(Workload.USUAL, network.url())
                // Writers without an answer go on, so that only checkpoints wait.
                .with("'sink.max-in-flight' = '1000'", option)
                .start()) {
      job.awaitMoreRows(3_000);
      network.hold();
      Await.until("both writers have sent rows", () -> network.holding() == 2);
      // Checkpoints begin, and none may complete, as Redis has not answered.
      job.awaitMoreRows(2_000);
      job.untilRestart(job::failTask);
      job.awaitEnd();
      network.release();

      FaultTable.exact(
          "rows of a failed task come late, " + option.split("'")[1],
          job,
          Difference.of(REDIS.commands().getStatefulConnection().async(), job));
    }
  }
}
