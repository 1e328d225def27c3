package io.headrace.flink.redis.sink;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.flink.table.data.TimestampData;

/**
 * The time of the last row of each key that was written recently. Bounded: when a generation is
 * full, the one before it is forgotten, but for the latest time in it.
 */
final class RecentTimes {

  private final int keysOfGeneration;
  private Map<Object, TimestampData> young = new HashMap<>();
  private Map<Object, TimestampData> old = new HashMap<>();
  @Nullable private TimestampData latestForgotten;

  RecentTimes(int keysOfGeneration) {
    this.keysOfGeneration = keysOfGeneration;
  }

  /** Null if the key was not written, or if that is forgotten. */
  @Nullable
  TimestampData of(Object key) {
    TimestampData time = young.get(key);
    return time == null ? old.get(key) : time;
  }

  /** Whether no forgotten row can be later than the time. */
  boolean coversForgotten(TimestampData time) {
    return latestForgotten == null || time.compareTo(latestForgotten) >= 0;
  }

  void put(Object key, TimestampData time) {
    young.put(key, time);
    if (young.size() >= keysOfGeneration) {
      old.values().forEach(this::forget);
      old = young;
      young = new HashMap<>();
    }
  }

  private void forget(TimestampData time) {
    if (latestForgotten == null || time.compareTo(latestForgotten) > 0) {
      latestForgotten = time;
    }
  }
}
