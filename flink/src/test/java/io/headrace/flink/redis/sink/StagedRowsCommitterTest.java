package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.sink.AppendTable.Request;
import io.headrace.flink.redis.sink.AppendTable.Writer;
import io.headrace.flink.redis.structure.StructureOptions;
import io.headrace.flink.redis.structure.StructureOptions.Push;
import io.lettuce.core.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows are appended when their checkpoint is complete, and each once, whatever is repeated. */
@Timeout(60)
class StagedRowsCommitterTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static AppendTable list() {
    return AppendTable.list(REDIS.url());
  }

  private static List<String> elements(String key) {
    return REDIS.commands().lrange("log:" + key, 0, -1);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> staged() {
    return REDIS.commands().keys("headrace:staged:*");
  }

  @Test
  void rowsAreSeenWhenTheyAreCommitted() throws Exception {
    AppendTable table = list();
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", "1").write("b", "2").checkpoint();

      assertThat(REDIS.commands().keys("log:*")).isEmpty();
      assertThat(staged).hasSize(1);
      assertThat(staged.get(0).rows()).isEqualTo(2);
      assertThat(REDIS.commands().pttl(staged().get(0)))
          .isBetween(Duration.ofDays(6).toMillis(), Duration.ofDays(7).toMillis());

      assertThat(table.commit(staged)).noneMatch(Request::wasCommittedBefore);

      assertThat(elements("a")).containsExactly("1");
      assertThat(elements("b")).containsExactly("2");
      assertThat(staged()).isEmpty();
    }
  }

  @Test
  void committedAgainChangesNothing() throws Exception {
    AppendTable table = list();
    try (Writer writer = table.writer()) {
      List<StagedRows> first = writer.write("a", 0, 2500).checkpoint();
      List<StagedRows> second = writer.write("a", 2500, 2600).checkpoint();
      table.commit(first);
      table.commit(second);

      assertThat(table.commit(first)).hasSize(3).allMatch(Request::wasCommittedBefore);
      assertThat(table.commit(second)).allMatch(Request::wasCommittedBefore);

      assertThat(elements("a")).isEqualTo(numbers(0, 2600));
      assertThat(REDIS.commands().keys("headrace:*")).as("one mark a writer").hasSize(1);
    }
  }

  @Test
  void streamKeepsFieldsOrderAndLength() throws Exception {
    AppendTable table =
        AppendTable.stream(REDIS.url()).with(StructureOptions.STREAM_MAX_LENGTH, 1200);
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = new ArrayList<>(writer.write("a", 0, 1500).checkpoint());
      staged.addAll(writer.write("a", "好").write("a", (String) null).checkpoint());
      table.commit(staged);
      table.commit(staged);

      var entries = REDIS.commands().xrange("log:a", Range.unbounded());
      assertThat(entries).hasSize(1200);
      assertThat(entries.get(0).getBody()).isEqualTo(Map.of("k", "a", "v", "302"));
      assertThat(entries.get(1198).getBody()).isEqualTo(Map.of("k", "a", "v", "好"));
      assertThat(entries.get(1199).getBody()).isEqualTo(Map.of("k", "a"));
    }
  }

  @Test
  void leftPushAndMaximumLengthHoldAcrossHashes() throws Exception {
    AppendTable table =
        list()
            .with(StructureOptions.LIST_PUSH, Push.LEFT)
            .with(StructureOptions.LIST_MAX_LENGTH, 3);
    try (Writer writer = table.writer()) {
      table.commit(writer.write("a", 0, 1001).write("b", "x").checkpoint());

      assertThat(elements("a")).containsExactly("1000", "999", "998");
      assertThat(elements("b")).containsExactly("x");
    }
  }

  @Test
  void valuesOfAllSizesArrive() throws Exception {
    AppendTable table = list();
    List<String> values =
        IntStream.of(0, 1, 31, 32, 255, 256, 65_535, 65_536, 3_000_000)
            .mapToObj("x"::repeat)
            .toList();
    try (Writer writer = table.writer()) {
      for (String value : values) {
        writer.write("a", value);
      }
      table.commit(writer.checkpoint());

      assertThat(elements("a")).isEqualTo(values);
    }
  }

  @Test
  void lastTtlOfAKeyWins() throws Exception {
    AppendTable table = list().with(StructureOptions.TTL, Duration.ofHours(1));
    try (Writer writer = table.writer()) {
      writer.write("a", "1", 1_000_000_000L).write("a", "2").write("b", "1");
      table.commit(writer.write("b", "2", 500_000_000L).checkpoint());

      assertThat(REDIS.commands().pttl("log:a")).isBetween(3_000_000L, 3_600_000L);
      assertThat(REDIS.commands().pttl("log:b")).isBetween(400_000_000L, 500_000_000L);
    }
  }

  @Test
  void rowsThatAreStagedAgainAfterAKilledConnectionAreAppendedOnce() throws Exception {
    AppendTable table = list().with(SinkOptions.BUFFER_MAX_ROWS, 10);
    try (Writer writer = table.writer()) {
      writer.write("a", 0, 5).flush();
      REDIS.pauseWrites();
      writer.write("a", 5, 15);
      REDIS.awaitBlockedClient();
      REDIS.killOtherClients();
      REDIS.unpause();
      table.commit(writer.write("a", 15, 30).checkpoint());

      assertThat(elements("a")).isEqualTo(numbers(0, 30));
    }
  }

  @Test
  void commitGoesOnAfterAKilledConnection() throws Exception {
    AppendTable table = list();
    try (Writer writer = table.writer();
        StagedRowsCommitter committer = table.committer()) {
      List<StagedRows> staged = writer.write("a", 0, 3010).checkpoint();
      REDIS.pauseWrites();
      Thread kill =
          new Thread(
              () -> {
                REDIS.awaitBlockedClient();
                REDIS.killOtherClients();
                REDIS.unpause();
              });
      kill.start();
      AppendTable.commit(committer, staged);
      kill.join();
      AppendTable.commit(committer, staged);

      assertThat(elements("a")).isEqualTo(numbers(0, 3010));
    }
  }

  @Test
  void whatAnAttemptStagedAndDidNotCheckpointIsNeverSeen() throws Exception {
    AppendTable table = list();
    try (Writer first = table.writer();
        Writer second = table.writer()) {
      List<StagedRows> staged = first.write("a", 0, 10).checkpoint();
      first.write("a", 10, 20).flush();
      // The first has died here: the job is restored and repeats what came after the checkpoint.
      table.commit(staged);
      table.commit(second.write("a", 10, 30).checkpoint());

      assertThat(elements("a")).isEqualTo(numbers(0, 30));
    }
  }

  @Test
  void closedWriterLeavesNothingButWhatItHandedOut() throws Exception {
    AppendTable table = list();
    List<StagedRows> staged;
    try (Writer writer = table.writer()) {
      staged = writer.write("a", 0, 10).checkpoint();
      writer.write("a", 10, 2500).flush();
      assertThat(staged()).hasSize(4);
    }
    assertThat(staged()).hasSize(1);
    table.commit(staged);
    assertThat(elements("a")).isEqualTo(numbers(0, 10));
  }

  @Test
  void commitThatStoppedHalfWayGoesOn() throws Exception {
    AppendTable table = list();
    try (Writer writer = table.writer()) {
      List<StagedRows> staged = writer.write("a", 0, 4500).checkpoint();
      assertThat(staged).hasSize(5);
      table.commit(staged.subList(0, 2));

      List<Request> requests = table.commit(staged);

      assertThat(requests.stream().map(Request::wasCommittedBefore))
          .containsExactly(true, true, false, false, false);
      assertThat(elements("a")).isEqualTo(numbers(0, 4500));
    }
  }

  @Test
  void whatWritersLeftIsCommittedByOneCommitter() throws Exception {
    AppendTable table = list();
    try (Writer one = table.writer();
        Writer two = table.writer()) {
      List<StagedRows> first = new ArrayList<>(one.write("a", 0, 1500).checkpoint());
      first.addAll(two.write("b", 0, 10).checkpoint());
      List<StagedRows> second = new ArrayList<>(two.write("b", 10, 20).checkpoint());
      second.addAll(one.write("a", 1500, 1510).checkpoint());
      table.commit(first.subList(0, 1));
      table.commit(first);
      table.commit(second);

      assertThat(elements("a")).isEqualTo(numbers(0, 1510));
      assertThat(elements("b")).isEqualTo(numbers(0, 20));
    }
  }
}
