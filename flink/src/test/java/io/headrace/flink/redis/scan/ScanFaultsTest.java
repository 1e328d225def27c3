package io.headrace.flink.redis.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every row that is there all the time is emitted once, whatever happens in mid-scan. */
class ScanFaultsTest {

  private static final int ROWS = 4_000;
  private static final int COUNT = 100;

  @RegisterExtension
  static final RedisServer REDIS =
      RedisServer.builder().appendOnly().argument("--activerehashing", "no").build();

  private final List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "i" + i).toList();

  @BeforeEach
  void fill() {
    String script = "for i = 0, ARGV[1] - 1 do redis.call('HSET', 'item:i' .. i, 'n', i) end";
    REDIS.commands().eval(script, ScriptOutputType.STATUS, new String[0], "" + ROWS);
  }

  private static ScanRun half() throws Exception {
    ScanRun run = ScanRun.of(REDIS.url(), COUNT);
    while (run.ids().size() < ROWS / 2) {
      run.step();
    }
    return run;
  }

  @Test
  void eachRowOnceAlthoughTheHashTableShrinks() throws Exception {
    try (ScanRun run = half()) {
      // Keys that the scan has seen make room; those that are left move to a smaller table.
      List<String> kept = ids.stream().filter(id -> id.hashCode() % 64 == 0).toList();
      List<String> gone = ids.stream().filter(id -> !kept.contains(id)).toList();
      REDIS.commands().unlink(gone.stream().map(id -> "item:" + id).toArray(String[]::new));
      rehash();

      run.toTheEnd();

      assertThat(run.ids()).doesNotHaveDuplicates().containsAll(kept);
      assertThat(run.keysRead()).as("SCAN has found keys again").isGreaterThan(run.ids().size());
      assertThat(run.numRecordsIn()).isEqualTo(run.ids().size());
    }
  }

  /** Each command on a key moves one bucket of the table. */
  private static void rehash() {
    for (int i = 0; i < 20 * ROWS; i++) {
      REDIS.commands().exists("none");
    }
  }

  @Test
  void keyThatIsGoneWhenItIsReadIsNoRow() throws Exception {
    try (ScanRun run = half()) {
      // The next page is on its way already.
      REDIS.commands().flushall();
      run.toTheEnd();
      assertThat(run.ids()).doesNotHaveDuplicates().hasSizeLessThan(ROWS);
    }
  }

  @Test
  void lostConnections() throws Exception {
    try (ScanRun run = half()) {
      REDIS.killOtherClients();
      run.step();
      REDIS.killOtherClients();
      run.toTheEnd();
      assertThat(run.ids()).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void serverThatStartsAgainOrdersItsKeysDifferently() throws Exception {
    try (ScanRun run = half()) {
      REDIS.kill();
      REDIS.start();
      run.toTheEnd();
      assertThat(run.ids()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(run.keysRead()).as("it began again").isGreaterThan(ROWS);
    }
  }

  @Test
  void restoredJobGoesOnAtTheCursor() throws Exception {
    List<String> emitted = new ArrayList<>();
    ScanSplit checkpoint;
    try (ScanRun run = half()) {
      checkpoint = run.checkpoint();
      emitted.addAll(run.ids());
      run.step();
    }

    try (ScanRun run = ScanRun.of(REDIS.url(), COUNT, checkpoint).toTheEnd()) {
      assertThat(run.keysRead()).as("it did not begin again").isLessThan(ROWS * 3 / 4);
      emitted.addAll(run.ids());
    }
    assertThat(emitted).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void restoredJobWithAnotherServer() throws Exception {
    List<String> emitted = new ArrayList<>();
    ScanSplit checkpoint;
    try (ScanRun run = half()) {
      checkpoint = run.checkpoint();
      emitted.addAll(run.ids());
    }
    REDIS.kill();
    REDIS.start();

    try (ScanRun run = ScanRun.of(REDIS.url(), COUNT, checkpoint).toTheEnd()) {
      emitted.addAll(run.ids());
    }
    assertThat(emitted).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void serverThatStaysAwayIsAnError() throws Exception {
    ScanRun run = half();
    REDIS.kill();
    try {
      assertThatThrownBy(run::toTheEnd)
          .hasMessageStartingWith("Table c.d.item, key 'item:")
          .hasMessageContaining("127.0.0.1:" + REDIS.port())
          .hasMessageContaining("Check that it runs");
    } finally {
      run.close();
      REDIS.start();
    }
  }
}
