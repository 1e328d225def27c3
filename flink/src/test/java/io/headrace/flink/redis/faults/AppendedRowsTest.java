package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and streams have each row once, in order, whatever fails. */
@Timeout(300)
class AppendedRowsTest {

  private static final int KEYS = 20;

  /** What PTTL answers for a key that stays for ever. */
  private static final long NO_EXPIRY = -1;

  @RegisterExtension static final RedisServer REDIS = RedisServer.builder().appendOnly().build();

  private final Workload workload = new Workload(KEYS, false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'structure' = 'list', 'value.column' = 'n', 'list.push' = 'right'",
        "'structure' = 'stream'"
      })
  void severalFaults(String structure) throws Exception {
    try (FaultJob job =
        FaultJob.writing(workload, REDIS.url())
            .appending("id STRING NOT NULL, n BIGINT", "SELECT id, n FROM changes")
            .with(structure, "'key' = 'item:<id>'")
            .start()) {
      job.awaitMoreRows(1_500);
      job.untilRestart(job::failTask);
      job.awaitMoreRows(1_500);
      REDIS.killOtherClients();
      job.awaitMoreRows(1_500);
      job.awaitCheckpoint();
      // Whoever notices first: a writer sends again; a job that just starts fails, and starts
      // again.
      job.untilNoticed(REDIS::kill);
      REDIS.start();
      job.awaitEnd();

      boolean list = structure.contains("list");
      FaultTable.exact(
          "connections, server and task killed; " + (list ? "list" : "stream"),
          job,
          list
              ? difference(job.rows(), AppendedRowsTest::list)
              : difference(job.rows(), AppendedRowsTest::stream));
      // What a task did not come to discard, because Redis was away, Redis forgets by itself.
      assertThat(REDIS.commands().keys("headrace:staged:*"))
          .allSatisfy(key -> assertThat(REDIS.commands().pttl(key)).isNotEqualTo(NO_EXPIRY));
    }
  }

  private interface Elements {
    List<String> of(String key);
  }

  private static List<String> list(String key) {
    return REDIS.commands().lrange(key, 0, -1);
  }

  private static List<String> stream(String key) {
    return REDIS.commands().xrange(key, Range.unbounded()).stream()
        .map(message -> message.getBody().get("n"))
        .toList();
  }

  private Difference difference(long rows, Elements elements) {
    Map<String, List<String>> expected = new HashMap<>();
    for (long n = 0; n < rows; n++) {
      String key = "item:" + workload.change(n).id();
      expected.computeIfAbsent(key, it -> new ArrayList<>()).add("" + n);
    }
    int found = 0;
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, List<String>> key : expected.entrySet()) {
      List<String> there = elements.of(key.getKey());
      found += there.size();
      if (!there.equals(key.getValue())) {
        differing.add(key.getKey() + " is " + there + " instead of " + key.getValue());
      }
    }
    return new Difference((int) rows, found, differing.size(), differing);
  }
}
