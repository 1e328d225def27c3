package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.Await;
import io.headrace.flink.redis.server.RedisCluster;
import io.headrace.flink.redis.sink.AppendTable.Request;
import io.headrace.flink.redis.sink.AppendTable.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a cluster rows are staged in the slots of their keys, and found there when slots move. */
@Timeout(120)
class StagedRowsClusterTest {

  private static final int KEYS = 300;

  @RegisterExtension static final RedisCluster REDIS = RedisCluster.builder().build();

  private static List<String> elements(String key) {
    return REDIS.commands().lrange("log:" + key, 0, -1);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void keysOfAllSlotsAndShapesAreAppendedOnce() throws Exception {
    AppendTable table = AppendTable.list(REDIS.url());
    List<String> keys = new ArrayList<>(List.of("{tag}:x", "{}", "{", "}", "a{b}c{d}", "{{x}}"));
    IntStream.range(0, KEYS).forEach(i -> keys.add("k" + i));
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = new ArrayList<>();
      for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
        for (int row = 0; row < 10; row++) {
          for (String key : keys) {
            writer.write(key, Integer.toString(checkpoint * 10 + row));
          }
        }
        staged.addAll(writer.checkpoint());
      }
      table.commit(staged.subList(0, 100));
      List<Request> requests = table.commit(staged);

      assertThat(requests.stream().filter(Request::wasCommittedBefore)).hasSize(100);
      for (String key : keys) {
        assertThat(elements(key)).as(key).isEqualTo(numbers(0, 20));
      }
    }
  }

  @Test
  void slotThatMovedIsFollowed() throws Exception {
    AppendTable table = AppendTable.list(REDIS.url());
    int slot = REDIS.slot("log:a");
    int other = (REDIS.shard(slot) + 1) % RedisCluster.SHARDS;
    try (Writer writer = table.writer();
        StagedRowsCommitter committer = table.committer()) {
      List<StagedRows> first = writer.write("a", 0, 1500).checkpoint();
      AppendTable.commit(committer, first.subList(0, 1));
      writer.write("a", 1500, 2000).flush();
      REDIS.moveSlot(slot, other);
      AppendTable.commit(committer, first);
      AppendTable.commit(committer, writer.write("a", 2000, 2600).checkpoint());

      assertThat(elements("a")).isEqualTo(numbers(0, 2600));
    }
  }

  @Test
  void commitWaitsForASlotThatIsOnItsWay() throws Exception {
    AppendTable table = AppendTable.list(REDIS.url());
    int slot = REDIS.slot("log:a");
    int other = (REDIS.shard(slot) + 1) % RedisCluster.SHARDS;
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", 0, 1500).checkpoint();
      long refused = refusals();
      REDIS.beginMove(slot, other);
      Thread move =
          new Thread(
              () -> {
                Await.until("Redis refuses", () -> refusals() > refused);
                REDIS.moveKeys(slot, other);
                REDIS.endMove(slot, other);
              });
      move.start();
      table.commit(staged);
      move.join();

      assertThat(elements("a")).isEqualTo(numbers(0, 1500));
    }
  }

  /** How often the nodes have said that keys are on their way. */
  private static long refusals() {
    return IntStream.range(0, RedisCluster.SHARDS)
        .mapToObj(shard -> REDIS.commands(shard).info("errorstats"))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("errorstat_TRYAGAIN:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1).strip()))
        .sum();
  }
}
