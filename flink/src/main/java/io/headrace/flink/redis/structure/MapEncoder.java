package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** A row is a field of a hash: one column's value is its name; its value one column, or the row. */
final class MapEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final TimeToLive ttl;
  private final ColumnEncoder field;
  private final RowValue value;

  MapEncoder(TableLayout layout, TimeToLive ttl) {
    this.layout = layout;
    this.ttl = ttl;
    this.field = new ColumnEncoder(layout, layout.memberColumn());
    this.value = RowValue.of(layout);
  }

  /** Where the one value is NULL there is nothing to store: the field is absent. */
  @Override
  public RowChange upsert(RowData row) {
    return new Change(row, value.bytes(row));
  }

  @Override
  public RowChange delete(RowData row) {
    return new Change(row, null);
  }

  /** What identifies a field: the hash and the field's name. */
  private record Identity(RedisKey key, RedisKey field) {}

  /** Sets a field; a null value removes it. */
  private final class Change extends RowChange {

    private final byte[] name;
    @Nullable private final byte[] bytes;
    private final long ttlMillis;

    Change(RowData row, @Nullable byte[] bytes) {
      super(new RedisKey(layout.key().encode(row)));
      this.name = field.bytes(row);
      this.bytes = bytes;
      this.ttlMillis = ttl.millis(row);
    }

    @Override
    public Object identity() {
      return new Identity(key(), new RedisKey(name));
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      commands.add(
          bytes == null
              ? PipelineCommand.onKey("HDEL", key().bytes(), name)
              : PipelineCommand.onKey("HSET", key().bytes(), name, bytes));
    }

    @Override
    public void finish(List<PipelineCommand> commands) {
      ttl.write(key(), ttlMillis, commands);
    }

    @Override
    public int size() {
      return Sizes.of(key().bytes()) + Sizes.of(name) + (bytes == null ? 0 : Sizes.of(bytes));
    }
  }
}
