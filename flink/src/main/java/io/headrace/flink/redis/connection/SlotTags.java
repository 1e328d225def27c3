package io.headrace.flink.redis.connection;

import io.lettuce.core.cluster.SlotHash;

/** Short hash tags, one for each slot of a cluster: for keys that must be beside another key. */
public final class SlotTags {

  private static final String[] TAGS = new String[SlotHash.SLOT_COUNT];

  static {
    int found = 0;
    for (int number = 0; found < TAGS.length; number++) {
      String tag = Integer.toString(number);
      int slot = SlotHash.getSlot(tag);
      if (TAGS[slot] == null) {
        TAGS[slot] = tag;
        found++;
      }
    }
  }

  private SlotTags() {}

  /**
   * @return what a new key has to have in braces to be in the slot of the given key
   */
  public static String of(byte[] key) {
    return TAGS[SlotHash.getSlot(key)];
  }
}
