package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.structure.StructureOptions.Push;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** A row is an element of a list: the value of one column, or the row as a JSON object. */
final class ListEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final TimeToLive ttl;
  private final RowValue value;

  ListEncoder(TableLayout layout, TimeToLive ttl) {
    this.layout = layout;
    this.ttl = ttl;
    this.value = RowValue.of(layout);
  }

  @Override
  public RowChange upsert(RowData row) {
    byte[] bytes = value.bytes(row);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "column '"
              + layout.columns().get(layout.valueColumn())
              + "': it is NULL, and a list has no element for that. Leave such rows out, or fill it"
              + " with COALESCE.");
    }
    return new Append(row, bytes);
  }

  @Override
  public RowChange delete(RowData row) {
    throw new IllegalStateException("a list takes only insertions");
  }

  /** Adds the element; once a sending, cuts the list to its length. */
  private final class Append extends RowChange {

    private final byte[] bytes;
    private final long ttlMillis;

    Append(RowData row, byte[] bytes) {
      super(new RedisKey(layout.key().encode(row)));
      this.bytes = bytes;
      this.ttlMillis = ttl.millis(row);
    }

    @Override
    public Object identity() {
      return null;
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      String push = layout.push() == Push.LEFT ? "LPUSH" : "RPUSH";
      commands.add(PipelineCommand.onKey(push, key().bytes(), bytes));
    }

    @Override
    public void finish(List<PipelineCommand> commands) {
      Integer length = layout.maxSize();
      if (length != null) {
        boolean left = layout.push() == Push.LEFT;
        commands.add(
            PipelineCommand.onKey(
                "LTRIM",
                key().bytes(),
                (left ? "0" : Integer.toString(-length)).getBytes(US_ASCII),
                (left ? Integer.toString(length - 1) : "-1").getBytes(US_ASCII)));
      }
      ttl.write(key(), ttlMillis, commands);
    }

    @Override
    public int size() {
      return Sizes.of(key().bytes()) + Sizes.of(bytes);
    }
  }
}
