package io.headrace.flink.redis.faults;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Changes of a table {@code (id, n, a, score, t)}, always the same, and what they leave behind:
 * updates of each key, some columns NULL, some rows deleted. Times rise from change to change.
 *
 * @param keys how many ids they are about
 * @param deletes whether some of them delete
 */
record Workload(int keys, boolean deletes) implements Serializable {

  /** Later than the clock, so that all rows are later than what a new table's mark covers. */
  private static final Instant BEGIN = Instant.parse("2100-01-01T00:00:00.001Z");

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final long NEVER = -1;

  static final String COLUMNS =
      "id STRING NOT NULL, n BIGINT, a STRING, score DOUBLE, t TIMESTAMP_LTZ(3)";

  /** Keys enough for many rows to be the last of their key, so that one that is lost is missed. */
  static final Workload USUAL = new Workload(5_000, true);

  /** One of the changes, counted from 0. */
  record Change(
      long n, int key, boolean delete, @Nullable String a, @Nullable Double score, Instant t) {

    String id() {
      return "k" + key;
    }

    Row row() {
      return Row.ofKind(delete ? RowKind.DELETE : RowKind.INSERT, id(), n, a, score, t);
    }

    /** What a reader sees; NULLs are absent. */
    Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("id", id());
      fields.put("n", Long.toString(n));
      if (a != null) {
        fields.put("a", a);
      }
      if (score != null) {
        fields.put("score", score.toString());
      }
      fields.put("t", MILLIS.format(t));
      return fields;
    }
  }

  static TypeInformation<Row> type() {
    return Types.ROW_NAMED(
        new String[] {"id", "n", "a", "score", "t"},
        Types.STRING,
        Types.LONG,
        Types.STRING,
        Types.DOUBLE,
        Types.INSTANT);
  }

  Change change(long n) {
    long dice = dice(n);
    int shape = (int) (dice >>> 60);
    return new Change(
        n,
        (int) Long.remainderUnsigned(dice, keys),
        deletes && shape == 0,
        shape == 1 || shape == 2 ? null : "value of " + n,
        shape == 2 || shape == 3 ? null : n * 0.25,
        BEGIN.plusMillis(n));
  }

  /** SplitMix64: the same for the same number. */
  private static long dice(long n) {
    long z = (n + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The last change of each key. */
  LastChanges lastChanges(long rows) {
    long[] last = new long[keys];
    Arrays.fill(last, NEVER);
    for (long n = 0; n < rows; n++) {
      last[change(n).key()] = n;
    }
    return new LastChanges(this, last);
  }

  /** What is left when so many changes are done. */
  record LastChanges(Workload workload, long[] last) {

    /** Empty if the key has no row. */
    Optional<Change> row(int key) {
      return last[key] == NEVER
          ? Optional.empty()
          : Optional.of(workload.change(last[key])).filter(change -> !change.delete());
    }
  }
}
