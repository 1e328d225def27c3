package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisCluster;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slots of a cluster go to other nodes, with their keys, while the job writes them. */
@Timeout(300)
class MovedSlotsTest {

  private static final int SLOTS = 10;

  @RegisterExtension static final RedisCluster REDIS = RedisCluster.builder().build();

  private final Workload workload = new Workload(100, true);

  /** Rows are written before, between and after the steps of a move: ASK, then MOVED. */
  @Test
  void movedStepByStep() throws Exception {
    try (FaultJob job =
        FaultJob.writing(workload, REDIS.url())
            .with("'ttl' = '1 h'")
            .rowsPerSecond(1_500)
            .start()) {
      for (int i = 0; i < SLOTS; i++) {
        int slot = REDIS.slot("item:k" + i);
        int to = (REDIS.shard(slot) + 1) % RedisCluster.SHARDS;
        job.awaitMoreRows(50);
        REDIS.beginMove(slot, to);
        job.awaitMoreRows(50);
        REDIS.moveKeys(slot, to);
        job.awaitMoreRows(50);
        REDIS.endMove(slot, to);
      }
      job.awaitEnd();

      FaultTable.exact(SLOTS + " slots moved step by step", job, difference(job, "item:%s"));
      assertThat(answers("ASK")).isPositive();
      assertThat(answers("MOVED")).isPositive();
      assertThat(job.restarts()).isZero();
    }
  }

  /** While a slot moves, Redis cannot compare a row with its tombstone: the job waits. */
  @Test
  void movedWhereNewerRowsWin() throws Exception {
    try (FaultJob job =
        FaultJob.writing(workload, REDIS.url())
            .with("'newer-wins.column' = 't'", "'key' = 'item:{<id>}'")
            .rowsPerSecond(1_500)
            .start()) {
      for (int i = 0; i < SLOTS; i++) {
        int slot = REDIS.slot("item:{k" + i + "}");
        job.awaitMoreRows(50);
        REDIS.moveSlot(slot, (REDIS.shard(slot) + 1) % RedisCluster.SHARDS);
      }
      job.awaitEnd();

      FaultTable.exact(
          SLOTS + " slots moved, newer-wins.column", job, difference(job, "item:{%s}"));
      assertThat(job.retries()).isPositive();
      assertThat(job.restarts()).isZero();
    }
  }

  /** How many nodes have answered with this error since they started. */
  private static long answers(String error) {
    return IntStream.range(0, RedisCluster.SHARDS)
        .mapToObj(shard -> REDIS.commands(shard).info("errorstats").lines())
        .flatMap(lines -> lines.filter(line -> line.startsWith("errorstat_" + error + ":")))
        .count();
  }

  private static Difference difference(FaultJob job, String key) throws Exception {
    return Difference.of(job, key, REDIS.commands().getStatefulConnection().async()::hgetall);
  }
}
