package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server that the URL names becomes a replica, and later the primary again. */
@Timeout(300)
class DemotedServerTest {

  @Order(1)
  @RegisterExtension
  static final RedisServer REDIS = new RedisServer();

  @Order(2)
  @RegisterExtension
  static final RedisServer OTHER = RedisServer.builder().replicaOf(REDIS).build();

  @ParameterizedTest
  @ValueSource(
      strings = {"'ttl' = '1 h'", "'newer-wins.column' = 't'", "'sink.wait-replicas' = '1'"})
  void demotedAndPromotedAgain(String option) throws Exception {
    OTHER.awaitReplication();
    try (FaultJob job = FaultJob.writing(Workload.USUAL, REDIS.url()).with(option).start()) {
      job.awaitMoreRows(3_000);
      job.untilRetries(1, () -> REDIS.failOverTo(OTHER));
      OTHER.failOverTo(REDIS);
      job.awaitEnd();

      FaultTable.exact("READONLY for a while, " + option.split("'")[1], job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
