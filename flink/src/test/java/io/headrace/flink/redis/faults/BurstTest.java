package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More rows than Redis takes at a time: the job waits, and its memory does not grow. */
@Timeout(300)
class BurstTest {

  private static final int WRITERS = 2;

  /** 'sink.max-in-flight', and one that is gathered. */
  private static final int FLUSHES_OF_A_WRITER = 2 + 1;

  /** 500 rows of these columns, with room to spare. */
  private static final long BYTES_OF_A_FLUSH = 500 * 256;

  private static final long HEAP_BYTES = 192 << 20;

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @Test
  void twoMillionRows() throws Exception {
    Workload workload = new Workload(200_000, false);
    try (FaultJob job =
        FaultJob.writing(workload, REDIS.url()).rows(2_000_000).restarts(0).start()) {
      job.awaitEnd();

      FaultTable.exact(
          "2,000,000 rows at once",
          job,
          Difference.of(REDIS.commands().getStatefulConnection().async(), job));
      assertThat(job.restarts()).isZero();
      assertThat(job.vitals().mostFlushesInFlight()).isBetween(1L, 2L * WRITERS);
      assertThat(job.vitals().mostHeldBytes())
          .isBetween(1L, WRITERS * FLUSHES_OF_A_WRITER * BYTES_OF_A_FLUSH);
      assertThat(job.vitals().mostHeapBytes()).isBetween(1L, HEAP_BYTES);
    }
  }
}
