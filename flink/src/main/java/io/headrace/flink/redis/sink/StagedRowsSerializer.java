package io.headrace.flink.redis.sink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** How staged rows stand in checkpoints. */
final class StagedRowsSerializer implements SimpleVersionedSerializer<StagedRows> {

  private static final int VERSION = 1;
  private static final int EXPECTED_SIZE = 96;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(StagedRows staged) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(EXPECTED_SIZE);
    out.writeUTF(staged.tag());
    out.writeUTF(staged.writer());
    out.writeLong(staged.number());
    out.writeInt(staged.fields());
    out.writeInt(staged.rows());
    out.writeLong(staged.stagedAt());
    return out.getCopyOfBuffer();
  }

  @Override
  public StagedRows deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "The checkpoint holds staged rows of version "
              + version
              + ", which is unknown here: start the job with the connector that wrote it, or a"
              + " later one.");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    return new StagedRows(
        in.readUTF(), in.readUTF(), in.readLong(), in.readInt(), in.readInt(), in.readLong());
  }
}
