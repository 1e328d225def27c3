package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** A row is an entry of a stream, one field a column. NULL is an absent field. */
final class StreamEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final TimeToLive ttl;
  private final List<ColumnEncoder> columns;

  StreamEncoder(TableLayout layout, TimeToLive ttl) {
    this.layout = layout;
    this.ttl = ttl;
    this.columns = ColumnEncoder.all(layout);
  }

  @Override
  public RowChange upsert(RowData row) {
    List<byte[]> arguments = new ArrayList<>();
    if (layout.maxSize() != null) {
      arguments.add("MAXLEN".getBytes(US_ASCII));
      arguments.add("=".getBytes(US_ASCII));
      arguments.add(layout.maxSize().toString().getBytes(US_ASCII));
    }
    arguments.add("*".getBytes(US_ASCII));
    int options = arguments.size();
    for (ColumnEncoder column : columns) {
      byte[] value = column.bytes(row);
      if (value != null) {
        arguments.add(column.nameBytes());
        arguments.add(value);
      }
    }
    if (arguments.size() == options) {
      throw new IllegalArgumentException(
          "all columns are NULL, and a stream has no entry without a field. Leave such rows out.");
    }
    return new Append(row, arguments.toArray(new byte[0][]));
  }

  @Override
  public RowChange delete(RowData row) {
    throw new IllegalStateException("a stream takes only insertions");
  }

  /** Adds the entry; Redis gives it an id of its own. */
  private final class Append extends RowChange {

    private final byte[][] arguments;
    private final long ttlMillis;

    Append(RowData row, byte[][] arguments) {
      super(new RedisKey(layout.key().encode(row)));
      this.arguments = arguments;
      this.ttlMillis = ttl.millis(row);
    }

    @Override
    public Object identity() {
      return null;
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      commands.add(PipelineCommand.onKey("XADD", key().bytes(), arguments));
    }

    @Override
    public void finish(List<PipelineCommand> commands) {
      ttl.write(key(), ttlMillis, commands);
    }

    @Override
    public int size() {
      return Sizes.of(key().bytes()) + Sizes.of(arguments);
    }
  }
}
