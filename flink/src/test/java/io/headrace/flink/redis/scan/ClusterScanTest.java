package io.headrace.flink.redis.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scan of a cluster, while nodes fail and slots move. */
class ClusterScanTest {

  private static final int ROWS = 1_500;
  private static final int COUNT = 20;

  @RegisterExtension static final RedisCluster REDIS = RedisCluster.builder().replicas().build();

  private final List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "i" + i).toList();

  @BeforeEach
  void fill() {
    ids.forEach(id -> REDIS.commands().hset("item:" + id, "n", "1"));
  }

  private static ScanRun begin(ScanSplit split) throws Exception {
    ScanRun run = ScanRun.patient(REDIS.url(), COUNT, split);
    while (run.rows().isEmpty()) {
      run.step();
    }
    return run;
  }

  /** The rows of the other splits, in undisturbed scans. */
  private static List<String> rest(List<ScanSplit> splits) throws Exception {
    List<String> rest = new ArrayList<>();
    for (ScanSplit split : splits) {
      try (ScanRun run = ScanRun.of(REDIS.url(), COUNT, split)) {
        rest.addAll(run.toTheEnd().ids());
      }
    }
    return rest;
  }

  @Test
  void eachPrimaryIsASplit() throws Exception {
    List<ScanSplit> splits = ScanRun.splits(REDIS.url());
    assertThat(splits).hasSize(RedisCluster.SHARDS);
    assertThat(rest(splits)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void slotsThatMoveInMidScan() throws Exception {
    List<ScanSplit> splits = ScanRun.splits(REDIS.url());
    List<String> found = new ArrayList<>();
    try (ScanRun run = begin(splits.get(0))) {
      int from = REDIS.shard(splits.get(0).slots().nextSetBit(0));
      ids.stream()
          .map(id -> REDIS.slot("item:" + id))
          .filter(slot -> REDIS.shard(slot) == from)
          .distinct()
          .limit(100)
          .forEach(slot -> REDIS.moveSlot(slot, (from + 1) % RedisCluster.SHARDS));
      found.addAll(run.toTheEnd().ids());
    }
    found.addAll(rest(splits.subList(1, splits.size())));

    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void slotThatIsOnItsWayIsAnError() throws Exception {
    List<ScanSplit> splits = ScanRun.splits(REDIS.url());
    int slot = splits.get(0).slots().nextSetBit(0);
    int from = REDIS.shard(slot);
    REDIS.beginMove(slot, (from + 1) % RedisCluster.SHARDS);

    try (ScanRun run = ScanRun.impatient(REDIS.url(), COUNT, splits.get(0))) {
      assertThatThrownBy(run::toTheEnd)
          .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:")
          .hasMessageContaining("keys keep moving between servers")
          .hasMessageContaining("redis-cli --cluster check");
    }
  }

  @Test
  void failoverInMidScan() throws Exception {
    List<ScanSplit> splits = ScanRun.splits(REDIS.url());
    List<String> found = new ArrayList<>();
    try (ScanRun run = begin(splits.get(0))) {
      REDIS.failover(REDIS.shard(splits.get(0).slots().nextSetBit(0)));
      found.addAll(run.toTheEnd().ids());
    }
    found.addAll(rest(splits.subList(1, splits.size())));

    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void crashOfAPrimaryInMidScan() throws Exception {
    List<ScanSplit> splits = ScanRun.splits(REDIS.url());
    int shard = REDIS.shard(splits.get(0).slots().nextSetBit(0));
    List<String> found = new ArrayList<>();
    try (ScanRun run = begin(splits.get(0))) {
      REDIS.killPrimary(shard);
      found.addAll(run.toTheEnd().ids());
    }
    REDIS.awaitFailover(shard);
    found.addAll(rest(splits.subList(1, splits.size())));

    assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
  }
}
