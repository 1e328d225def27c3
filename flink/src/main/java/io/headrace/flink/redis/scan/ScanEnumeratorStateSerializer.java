package io.headrace.flink.redis.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's state as bytes. */
final class ScanEnumeratorStateSerializer
    implements SimpleVersionedSerializer<ScanEnumeratorState> {

  private static final int NOT_KNOWN = -1;
  private static final int INITIAL_BYTES = 256;

  private final ScanSplitSerializer splits = new ScanSplitSerializer();

  @Override
  public int getVersion() {
    return splits.getVersion();
  }

  @Override
  public byte[] serialize(ScanEnumeratorState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
    if (state.unassigned() == null) {
      out.writeInt(NOT_KNOWN);
      return out.getCopyOfBuffer();
    }
    out.writeInt(state.unassigned().size());
    for (ScanSplit split : state.unassigned()) {
      byte[] bytes = splits.serialize(split);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public ScanEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int count = in.readInt();
    if (count == NOT_KNOWN) {
      return ScanEnumeratorState.NEW;
    }
    List<ScanSplit> unassigned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] split = new byte[in.readInt()];
      in.readFully(split);
      unassigned.add(splits.deserialize(version, split));
    }
    return new ScanEnumeratorState(unassigned);
  }
}
