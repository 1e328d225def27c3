package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** A row is a hash, one field a column. NULL is an absent field. */
final class HashEncoder extends KeyPerRowEncoder {

  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = {};

  private final TimeToLive ttl;
  private final ColumnEncoder[] columns;
  private final int sizeOfNames;

  HashEncoder(TableLayout layout, TimeToLive ttl, @Nullable NewerWins newerWins) {
    super(layout, newerWins);
    this.ttl = ttl;
    this.columns = ColumnEncoder.all(layout).toArray(ColumnEncoder[]::new);
    this.sizeOfNames =
        Arrays.stream(columns).mapToInt(column -> Sizes.of(column.nameBytes())).sum();
  }

  @Override
  public RowChange upsert(RowData row) {
    byte[][] values = new byte[columns.length][];
    int nulls = 0;
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].bytes(row);
      if (values[i] == null) {
        nulls++;
      }
    }
    return new Upsert(key(row), values, nulls, ttl.millis(row), time(row));
  }

  /** Sets the fields that have a value and removes the others. */
  private final class Upsert extends RowChange {

    /** By column; null for NULL. */
    private final byte[][] values;

    private final int nulls;
    private final long ttlMillis;
    @Nullable private final TimestampData time;

    Upsert(RedisKey key, byte[][] values, int nulls, long ttlMillis, @Nullable TimestampData time) {
      super(key);
      this.values = values;
      this.nulls = nulls;
      this.ttlMillis = ttlMillis;
      this.time = time;
    }

    @Override
    public TimestampData time() {
      return time;
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      byte[] key = key().bytes();
      if (nulls == 0) {
        commands.add(PipelineCommand.onKey("HSET", key, fields()));
        ttl.write(key(), ttlMillis, commands);
      } else {
        // Two commands on the fields: as a transaction, so that nobody reads half a row.
        commands.add(PipelineCommand.multi(key));
        commands.add(PipelineCommand.onKey("HSET", key, fields()));
        commands.add(PipelineCommand.onKey("HDEL", key, nullNames(new byte[nulls][], 0)));
        ttl.write(key(), ttlMillis, commands);
        commands.add(PipelineCommand.exec(key));
      }
    }

    /** Names and values of what is not NULL. */
    private byte[][] fields() {
      byte[][] fields = new byte[2 * (values.length - nulls)][];
      int end = 0;
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          fields[end++] = columns[i].nameBytes();
          fields[end++] = values[i];
        }
      }
      return fields;
    }

    private byte[][] nullNames(byte[][] into, int start) {
      int end = start;
      for (int i = 0; i < values.length; i++) {
        if (values[i] == null) {
          into[end++] = columns[i].nameBytes();
        }
      }
      return into;
    }

    @Override
    public void writeIfNewer(ScriptCalls calls) {
      byte[][] arguments = new byte[1 + values.length + nulls][];
      arguments[0] = ttl.forScript(ttlMillis);
      for (int i = 0; i < values.length; i++) {
        arguments[1 + i] = values[i] == null ? EMPTY : values[i];
      }
      newerWins.write(key(), calls, nullNames(arguments, 1 + values.length));
    }

    @Override
    public int size() {
      int size = Sizes.of(key().bytes()) + sizeOfNames;
      for (byte[] value : values) {
        size += value == null ? 0 : Sizes.of(value);
      }
      return size;
    }
  }
}
