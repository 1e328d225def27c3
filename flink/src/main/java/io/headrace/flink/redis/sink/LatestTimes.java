package io.headrace.flink.redis.sink;

import java.util.Arrays;
import org.apache.flink.table.data.TimestampData;

/**
 * Knows of each row whether a later one of its key may have come before it. Keys share a fixed
 * number of places, each with the latest time of all its keys: so a row can be taken for one that
 * comes late when it does not, never the other way round, and it takes two megabytes whatever
 * comes.
 */
final class LatestTimes {

  private static final int BITS_OF_PLACE = 18;

  /**
   * As Knuth's multiplicative hashing has it: an odd number near 2^32 divided by the golden ratio.
   */
  private static final int SPREAD = 0x9E3779B1;

  /** In milliseconds, rounded up. */
  private final long[] latest = new long[1 << BITS_OF_PLACE];

  LatestTimes() {
    Arrays.fill(latest, Long.MIN_VALUE);
  }

  /**
   * Notes the row.
   *
   * @return false if a later row of the key may have been noted before
   */
  boolean isInOrder(Object key, TimestampData time) {
    int place = key.hashCode() * SPREAD >>> (Integer.SIZE - BITS_OF_PLACE);
    if (time.getMillisecond() < latest[place]) {
      return false;
    }
    latest[place] = time.getMillisecond() + (time.getNanoOfMillisecond() == 0 ? 0 : 1);
    return true;
  }
}
