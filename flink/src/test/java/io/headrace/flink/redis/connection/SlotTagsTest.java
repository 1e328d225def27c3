package io.headrace.flink.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key with the tag is in the slot of the other key. */
class SlotTagsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "{a}b", "{}a", "a{b", "a}b{c}", "{{a}}", "好"})
  void tagPutsAKeyIntoTheSlot(String key) {
    String tag = SlotTags.of(Commands.bytes(key));

    assertThat(SlotHash.getSlot("headrace:staged:{" + tag + "}:{x}"))
        .isEqualTo(SlotHash.getSlot(key));
  }

  @Test
  void everySlotHasItsTag() {
    Set<String> tags = new HashSet<>();
    for (int i = 0; tags.size() < SlotHash.SLOT_COUNT && i < 1_000_000; i++) {
      tags.add(SlotTags.of(Commands.bytes("key" + i)));
    }

    assertThat(tags).hasSize(SlotHash.SLOT_COUNT);
  }
}
