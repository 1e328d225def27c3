package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints can be read again. */
class StagedRowsSerializerTest {

  private final StagedRowsSerializer serializer = new StagedRowsSerializer();

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    StagedRows staged = new StagedRows("4711", "a-writer", 1L << 40, 7, 1000, 1795231328123L);

    byte[] bytes = serializer.serialize(staged);

    assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(staged);
    assertThat(new String(staged.key())).isEqualTo("headrace:staged:{4711}:a-writer:" + (1L << 40));
    assertThat(new String(staged.markKey())).isEqualTo("headrace:appended:{4711}:a-writer");
  }

  @Test
  void unknownVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("version 2", "start the job with the connector that wrote it");
  }
}
