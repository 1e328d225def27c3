package io.headrace.flink.redis.faults;

import io.headrace.flink.redis.faults.Workload.Change;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The whole contents of a table in Redis, compared with what they have to be.
 *
 * @param expected rows that have to be there
 * @param found rows that are there
 * @param differing rows that are missing, too many, or not as they have to be
 * @param examples of these, for messages
 */
record Difference(int expected, int found, int differing, List<String> examples) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXAMPLES = 5;
  private static final int TOGETHER = 1_000;

  /** Of a table whose row {@code k1} is the hash {@code item:k1}. */
  static Difference of(RedisClusterAsyncCommands<String, String> redis, FaultJob job)
      throws Exception {
    return of(job, "item:%s", redis::hgetall);
  }

  /** Of a table whose row {@code k1} is JSON under {@code item:k1}. */
  static Difference ofStrings(RedisClusterAsyncCommands<String, String> redis, FaultJob job)
      throws Exception {
    return of(job, "item:%s", key -> redis.get(key).thenApply(Difference::fields));
  }

  private static Map<String, String> fields(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    try {
      Map<String, String> fields = new LinkedHashMap<>();
      JSON.readTree(json)
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isNull()) {
                  fields.put(field.getKey(), field.getValue().asText());
                }
              });
      return fields;
    } catch (IOException e) {
      return Map.of("no JSON", json);
    }
  }

  /**
   * Of any table.
   *
   * @param key the key of a row, with {@code %s} for the id
   * @param read asks for the fields of a row, none if there is no row
   */
  static Difference of(
      FaultJob job, String key, Function<String, CompletionStage<Map<String, String>>> read)
      throws Exception {
    int keys = job.workload().keys();
    Workload.LastChanges last = job.workload().lastChanges(job.rows());
    int expected = 0;
    int found = 0;
    int differing = 0;
    List<String> examples = new ArrayList<>();
    for (int from = 0; from < keys; from += TOGETHER) {
      List<CompletionStage<Map<String, String>>> asked = new ArrayList<>();
      int to = Math.min(keys, from + TOGETHER);
      for (int i = from; i < to; i++) {
        asked.add(read.apply(key.formatted("k" + i)));
      }
      for (int i = from; i < to; i++) {
        Map<String, String> there = asked.get(i - from).toCompletableFuture().get();
        Optional<Change> row = last.row(i);
        Map<String, String> should = row.map(Change::fields).orElse(Map.of());
        expected += should.isEmpty() ? 0 : 1;
        found += there.isEmpty() ? 0 : 1;
        if (!there.equals(should)) {
          differing++;
          if (examples.size() < EXAMPLES) {
            examples.add(key.formatted("k" + i) + " is " + there + " instead of " + should);
          }
        }
      }
    }
    return new Difference(expected, found, differing, examples);
  }
}
