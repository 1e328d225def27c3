package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.sink.SinkOptions.NewerWinsCheck;
import io.headrace.flink.redis.structure.StructureKind;
import io.headrace.flink.redis.structure.StructureOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row never replaces one with a later time; Redis is asked to compare only where it matters. */
@Timeout(60)
class NewerWinsTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  /** In the future, so above the mark that a table without one starts from. */
  private static final long NOON = Instant.parse("2200-01-01T12:00:00Z").toEpochMilli();

  private static Configs config() {
    return Configs.of(REDIS.url()).with(SinkOptions.NEWER_WINS_COLUMN, "t");
  }

  private static long comparisons() {
    String stats = REDIS.commands().info("commandstats");
    int at = stats.indexOf("cmdstat_evalsha:calls=");
    return at < 0
        ? 0
        : Long.parseLong(stats.substring(at + "cmdstat_evalsha:calls=".length()).split(",")[0]);
  }

  @Test
  void steadyStateComparesNothing() throws Exception {
    try (WriterFixture writer = new WriterFixture(config())) {
      writer.write(RowKind.INSERT, "i0", "a", NOON).checkpoint();
      long before = comparisons();
      for (int i = 1; i <= 100; i++) {
        writer.write(RowKind.INSERT, "i" + i % 10, "a" + i, NOON + i);
      }
      writer.checkpoint();

      assertThat(comparisons()).isEqualTo(before);
      assertThat(REDIS.commands().hget("item:i0", "a")).isEqualTo("a100");
    }
  }

  @Test
  void olderRowOfAKeyIsLeftOut() throws Exception {
    try (WriterFixture writer = new WriterFixture(config())) {
      writer.write(RowKind.INSERT, "i1", "later", NOON + 5).checkpoint();
      writer.write(RowKind.INSERT, "i1", "earlier", NOON).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("later");
      assertThat(writer.outdated()).isEqualTo(1);
    }
  }

  /** The buffer keeps one row of a key: the latest, not the last that came. */
  @ParameterizedTest
  @EnumSource(NewerWinsCheck.class)
  void olderRowOfAKeyIsLeftOutAlsoWithinASending(NewerWinsCheck check) throws Exception {
    Configs config = config().with(SinkOptions.NEWER_WINS_CHECK, check);
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.write(RowKind.INSERT, "i1", "later", NOON + 5);
      writer.write(RowKind.INSERT, "i1", "earlier", NOON).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("later");
      assertThat(writer.outdated()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StructureKind.class,
      names = {"HASH", "STRING"})
  void replayAfterARestartNeverGoesBack(StructureKind structure) throws Exception {
    Configs config = config().with(StructureOptions.STRUCTURE, structure);
    try (WriterFixture first = new WriterFixture(config)) {
      for (int i = 0; i < 10; i++) {
        first.write(RowKind.INSERT, "i1", "a" + i, NOON + i);
      }
      first.checkpoint();
    }
    String latest = value(structure);
    assertThat(latest).contains("a9");
    try (WriterFixture restored = new WriterFixture(config)) {
      for (int i = 0; i < 9; i++) {
        restored.write(RowKind.INSERT, "i1", "a" + i, NOON + i).checkpoint();
        assertThat(value(structure)).as("after replayed row %d", i).isEqualTo(latest);
      }
      restored.write(RowKind.INSERT, "i1", "a9", NOON + 9).checkpoint();
      restored.write(RowKind.INSERT, "i1", "a10", NOON + 10_000).checkpoint();
      assertThat(value(structure)).contains("a10");
      assertThat(restored.outdated()).isEqualTo(9);
    }
  }

  private static String value(StructureKind structure) {
    return structure == StructureKind.HASH
        ? REDIS.commands().hget("item:i1", "a")
        : REDIS.commands().get("item:i1");
  }

  @ParameterizedTest
  @EnumSource(
      value = StructureKind.class,
      names = {"HASH", "STRING"})
  void deletedRowDoesNotComeBack(StructureKind structure) throws Exception {
    Configs config = config().with(StructureOptions.STRUCTURE, structure);
    try (WriterFixture first = new WriterFixture(config)) {
      first.write(RowKind.INSERT, "i1", "a", NOON).checkpoint();
      first.write(RowKind.DELETE, "i1", "a", NOON + 1).checkpoint();
      assertThat(REDIS.commands().exists("item:i1")).isZero();
    }
    try (WriterFixture restored = new WriterFixture(config)) {
      restored.write(RowKind.INSERT, "i1", "a", NOON).checkpoint();
      assertThat(REDIS.commands().exists("item:i1")).isZero();
      restored.write(RowKind.INSERT, "i1", "again", NOON + 2).checkpoint();
      assertThat(REDIS.commands().exists("item:i1")).isEqualTo(1);
    }
  }

  @Test
  void olderDeletionIsLeftOut() throws Exception {
    Configs config = config();
    try (WriterFixture first = new WriterFixture(config)) {
      first.write(RowKind.INSERT, "i1", "a", NOON + 5).checkpoint();
    }
    try (WriterFixture restored = new WriterFixture(config)) {
      restored.write(RowKind.DELETE, "i1", "a", NOON).checkpoint();
      assertThat(REDIS.commands().exists("item:i1")).isEqualTo(1);
    }
  }

  @Test
  void alwaysMeansAlsoAgainstOtherWriters() throws Exception {
    Configs config = config().with(SinkOptions.NEWER_WINS_CHECK, NewerWinsCheck.ALWAYS);
    try (WriterFixture one = new WriterFixture(config);
        WriterFixture other = new WriterFixture(config)) {
      one.write(RowKind.INSERT, "i1", "later", NOON + 5).checkpoint();
      other.write(RowKind.INSERT, "i1", "earlier", NOON).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("later");
      assertThat(other.outdated()).isEqualTo(1);
    }
  }

  @Test
  void comparedRowHasItsNullsAndItsEnd() throws Exception {
    Configs config =
        config()
            .with(SinkOptions.NEWER_WINS_CHECK, NewerWinsCheck.ALWAYS)
            .with(StructureOptions.TTL, Duration.ofHours(1));
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.write(RowKind.INSERT, "i1", "a", NOON).checkpoint();
      writer.write(RowKind.INSERT, "i1", null, NOON + 1).checkpoint();

      assertThat(REDIS.commands().hkeys("item:i1")).containsExactlyInAnyOrder("id", "t");
      assertThat(REDIS.commands().pttl("item:i1")).isPositive();
    }
  }

  @Test
  void rowsOfAllSortsAreComparedInOneSending() throws Exception {
    Configs config = config().with(SinkOptions.NEWER_WINS_CHECK, NewerWinsCheck.ALWAYS);
    try (WriterFixture writer = new WriterFixture(config)) {
      for (int i = 0; i < 100; i++) {
        writer.write(RowKind.INSERT, "i" + i, "a", NOON + (i % 5 == 0 ? 5 : 0));
      }
      writer.checkpoint();
      for (int i = 0; i < 100; i++) {
        RowKind kind = i % 3 == 0 ? RowKind.DELETE : RowKind.INSERT;
        writer.write(kind, "i" + i, i % 2 == 0 ? null : "b", NOON + 1);
      }
      writer.checkpoint();

      for (int i = 0; i < 100; i++) {
        String expected = i % 5 == 0 ? "a" : i % 3 == 0 || i % 2 == 0 ? null : "b";
        assertThat(REDIS.commands().hget("item:i" + i, "a")).as("i%d", i).isEqualTo(expected);
        boolean deleted = i % 5 != 0 && i % 3 == 0;
        assertThat(REDIS.commands().exists("item:i" + i)).as("i%d", i).isEqualTo(deleted ? 0 : 1);
      }
      assertThat(writer.outdated()).isEqualTo(20);
    }
  }

  @Test
  void refusedRowAmongManyIsNamed() throws Exception {
    Configs config = config().with(SinkOptions.NEWER_WINS_CHECK, NewerWinsCheck.ALWAYS);
    REDIS.commands().set("item:i7", "a string, not a hash");
    try (WriterFixture writer = new WriterFixture(config)) {
      for (int i = 0; i < 10; i++) {
        writer.write(RowKind.INSERT, "i" + i, "a", NOON);
      }

      assertThatThrownBy(writer::checkpoint)
          .hasMessageContaining("Table c.d.item, key 'item:i7'")
          .hasMessageContaining("WRONGTYPE");
      assertThat(REDIS.commands().exists("item:i8")).as("rows after it").isEqualTo(1);
    }
  }

  @Test
  void whatIsSentAgainIsCompared() throws Exception {
    Configs config = config().with(SinkOptions.BUFFER_MAX_ROWS, 1);
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.write(RowKind.INSERT, "i0", "a", NOON).checkpoint();
      REDIS.pauseWrites();
      writer.write(RowKind.INSERT, "i1", "first", NOON + 1);
      REDIS.awaitBlockedClient();
      long before = comparisons();
      REDIS.killOtherClients();
      REDIS.unpause();
      writer.checkpoint();

      assertThat(comparisons()).isGreaterThan(before);
      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("first");
    }
  }

  /** As in a failover to a replica that did not have it yet. */
  @Test
  void markThatRedisLostIsRaisedAgain() throws Exception {
    try (WriterFixture first = new WriterFixture(config())) {
      first.write(RowKind.INSERT, "i1", "a1", NOON).checkpoint();
      REDIS.commands().del("headrace:high-water:item:<id>");
      REDIS.killOtherClients();
      first.write(RowKind.INSERT, "i1", "a2", NOON + 1).checkpoint();
    }
    try (WriterFixture restored = new WriterFixture(config())) {
      restored.write(RowKind.INSERT, "i1", "a1", NOON).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("a2");
    }
  }

  @Test
  void deletionThatRedisHasNoMemoryForIsNotDoneByHalf() throws Exception {
    try (WriterFixture first =
        new WriterFixture(config().with(SinkOptions.RETRY_TIMEOUT, Duration.ofMillis(300)))) {
      first.write(RowKind.INSERT, "i1", "a", NOON + 5).checkpoint();
      REDIS.commands().configSet("maxmemory", "1");
      first.write(RowKind.DELETE, "i1", "a", NOON + 6);
      try {
        first.checkpoint();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("OOM");
      }
    } finally {
      REDIS.commands().configSet("maxmemory", "0");
    }
    try (WriterFixture restored = new WriterFixture(config())) {
      restored.write(RowKind.INSERT, "i1", "earlier", NOON).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isNotEqualTo("earlier");
    }
  }

  @Test
  void scriptsThatRedisForgotAreLoadedAgain() throws Exception {
    Configs config = config().with(SinkOptions.NEWER_WINS_CHECK, NewerWinsCheck.ALWAYS);
    try (WriterFixture writer = new WriterFixture(config)) {
      writer.write(RowKind.INSERT, "i1", "a1", NOON).checkpoint();
      REDIS.commands().scriptFlush();
      writer.write(RowKind.INSERT, "i1", "a2", NOON + 1).checkpoint();

      assertThat(REDIS.commands().hget("item:i1", "a")).isEqualTo("a2");
    }
  }
}
