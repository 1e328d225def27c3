package io.headrace.flink.redis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisSentinel;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scan of the primary that the Sentinels name, while another server becomes it. */
class SentinelScanTest {

  private static final int ROWS = 2_000;
  private static final int COUNT = 50;

  @RegisterExtension static final RedisSentinel REDIS = RedisSentinel.builder().build();

  @Test
  void failoverInMidScan() throws Exception {
    List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "i" + i).toList();
    ids.forEach(id -> REDIS.commands().hset("item:" + id, "n", "1"));
    REDIS.awaitReplicas();

    ScanSplit all = ScanSplit.of(0, new BitSet());
    try (ScanRun run = ScanRun.patient(REDIS.url(), COUNT, all)) {
      while (run.rows().isEmpty()) {
        run.step();
      }
      REDIS.failover();
      run.toTheEnd();

      assertThat(run.ids()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(run.keysRead()).as("it began again").isGreaterThan(ROWS);
    }
  }
}
