package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another program keeps a value of another type under a row's key. */
@Timeout(300)
class WrongTypeTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @Test
  void failsWithTheReason() throws Exception {
    Workload workload = new Workload(500, false);
    try (FaultJob job = FaultJob.writing(workload, REDIS.url()).restarts(1).start()) {
      job.awaitMoreRows(3_000);
      REDIS.commands().del("item:k7");
      REDIS.commands().lpush("item:k7", "another program's");
      String failure = job.awaitFailure();

      assertThat(failure)
          .contains("Table default_catalog.default_database.item, key 'item:k7', command HSET")
          .contains("WRONGTYPE Operation against a key holding the wrong kind of value")
          .contains("delete the key");
      assertThat(job.restarts()).isEqualTo(1);
      REDIS.commands().del("item:k7");
      Difference difference = Difference.of(REDIS.commands().getStatefulConnection().async(), job);
      FaultTable.record("WRONGTYPE", job, difference, "failed with the reason");
    }
  }
}
