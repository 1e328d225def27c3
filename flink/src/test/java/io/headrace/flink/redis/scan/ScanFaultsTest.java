package io.headrace.flink.redis.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every row that is there all the time is emitted once, whatever happens in mid-scan. */
class ScanFaultsTest {

  private static final int ROWS = 4_000;
  private static final int FEW_ROWS = 512;
  private static final int COUNT = 100;

  @RegisterExtension
  static final RedisServer REDIS =
      RedisServer.builder().appendOnly().argument("--hz", "500").build();

  private final List<String> ids = ids("i", ROWS);

  private static List<String> ids(String prefix, int rows) {
    return IntStream.range(0, rows).mapToObj(i -> prefix + i).toList();
  }

  @BeforeEach
  void fill() {
    fill("i", ROWS);
  }

  private static void fill(String prefix, int rows) {
    String script =
        "for i = 0, ARGV[2] - 1 do redis.call('HSET', 'item:' .. ARGV[1] .. i, 'n', i) end";
    REDIS.commands().eval(script, ScriptOutputType.STATUS, new String[0], prefix, "" + rows);
  }

  private static ScanRun half() throws Exception {
    return half(ScanRun.of(REDIS.url(), COUNT));
  }

  private static ScanRun half(ScanRun run) throws Exception {
    while (run.rows().size() < ROWS / 2) {
      run.step();
    }
    return run;
  }

  /** SCAN finds a key again if it is in the bucket at the cursor: not each time, but soon. */
  @Test
  void eachRowOnceAlthoughTheHashTableShrinks() throws Exception {
    boolean found = false;
    for (int attempt = 0; attempt < 100 && !found; attempt++) {
      REDIS.commands().flushall();
      // Other keys are in other buckets.
      List<String> few = ids("attempt-" + attempt + "-", FEW_ROWS);
      fill("attempt-" + attempt + "-", FEW_ROWS);
      try (ScanRun run = ScanRun.of(REDIS.url(), 1)) {
        while (run.rows().size() < FEW_ROWS / 2) {
          run.step();
        }
        // Less than a tenth of the buckets are in use, so Redis moves to a smaller table.
        List<String> kept = few.subList(0, FEW_ROWS / 32);
        List<String> gone = few.subList(FEW_ROWS / 32, FEW_ROWS);
        REDIS.commands().unlink(gone.stream().map(id -> "item:" + id).toArray(String[]::new));
        rehash();

        run.toTheEnd();

        assertThat(run.ids()).doesNotHaveDuplicates().containsAll(kept);
        assertThat(run.numRecordsIn()).isEqualTo(run.ids().size());
        found = run.keysRead() > run.ids().size();
      }
    }
    assertThat(found).as("SCAN has found a key again").isTrue();
  }

  /** Each command on a key moves one bucket. */
  private static void rehash() {
    for (int i = 0; i < 4 * FEW_ROWS; i++) {
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
    ScanRun run = half(ScanRun.impatient(REDIS.url(), COUNT, ScanSplit.of(0, new BitSet())));
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
