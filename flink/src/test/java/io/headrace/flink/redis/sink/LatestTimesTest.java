package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.table.data.TimestampData;

class LatestTimesTest {

  /** Of nanoseconds, to see that what is rounded is rounded to the safe side. */
  private static TimestampData time(int nanos) {
    return TimestampData.fromEpochMillis(nanos / 1_000_000, nanos % 1_000_000);
  }

  @Property
  void noLateRowIsTakenForOneInOrder(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 3_000_000) Integer> nanos,
      @ForAll @IntRange(min = 1, max = 20) int keys) {
    LatestTimes times = new LatestTimes();
    Map<String, Integer> latest = new HashMap<>();
    for (int i = 0; i < nanos.size(); i++) {
      String key = "item:" + i % keys;
      boolean late = latest.getOrDefault(key, -1) > nanos.get(i);
      assertThat(times.isInOrder(key, time(nanos.get(i))) && late).isFalse();
      latest.merge(key, nanos.get(i), Math::max);
    }
  }

  /** As a stream that is a second behind in some of its partitions. */
  @Example
  void mostRowsOfAStreamInSomeDisorderAreInOrder() {
    LatestTimes times = new LatestTimes();
    int rows = 100_000;
    int inOrder = 0;
    for (int i = 0; i < rows; i++) {
      int lag = i % 4 * 250;
      if (times.isInOrder("item:" + i, TimestampData.fromEpochMillis(i / 10 - lag))) {
        inOrder++;
      }
    }
    assertThat(inOrder).isGreaterThan(rows * 9 / 10);
  }
}
