package io.headrace.flink.redis.scan;

import java.io.IOException;
import java.util.BitSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Splits as bytes, for checkpoints and on their way to the readers. */
final class ScanSplitSerializer implements SimpleVersionedSerializer<ScanSplit> {

  private static final int VERSION = 1;
  private static final int INITIAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ScanSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
    out.writeUTF(split.splitId());
    byte[] slots = split.slots().toByteArray();
    out.writeInt(slots.length);
    out.write(slots);
    out.writeUTF(split.position().runId());
    out.writeUTF(split.position().cursor());
    split.seen().write(out);
    return out.getCopyOfBuffer();
  }

  @Override
  public ScanSplit deserialize(int version, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String id = in.readUTF();
    byte[] slots = new byte[in.readInt()];
    in.readFully(slots);
    ScanPosition position = new ScanPosition(in.readUTF(), in.readUTF());
    return new ScanSplit(id, BitSet.valueOf(slots), position, KeyHashes.read(in));
  }
}
