package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.value.ValueFormat;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** A row is a hash, one field a column. NULL is an absent field. */
final class HashEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = {};

  private final TableLayout layout;
  private final TimeToLive ttl;
  @Nullable private final NewerWins newerWins;
  private final byte[][] names;
  private final int sizeOfNames;
  private final RowData.FieldGetter[] getters;
  private final ValueFormat[] formats;

  HashEncoder(TableLayout layout, TimeToLive ttl, @Nullable NewerWins newerWins) {
    this.layout = layout;
    this.ttl = ttl;
    this.newerWins = newerWins;
    int columns = layout.columns().size();
    this.names = new byte[columns][];
    this.getters = new RowData.FieldGetter[columns];
    this.formats = layout.formats().toArray(new ValueFormat[0]);
    for (int i = 0; i < columns; i++) {
      names[i] = layout.columns().get(i).getBytes(UTF_8);
      getters[i] = RowData.createFieldGetter(layout.types().get(i), i);
    }
    this.sizeOfNames = Sizes.of(names);
  }

  @Override
  public RowChange upsert(RowData row) {
    byte[][] values = new byte[formats.length][];
    int nulls = 0;
    for (int i = 0; i < formats.length; i++) {
      Object value = getters[i].getFieldOrNull(row);
      if (value == null) {
        nulls++;
      } else {
        values[i] = formats[i].bytes(value);
      }
    }
    return new Upsert(
        new RedisKey(layout.key().encode(row)),
        values,
        nulls,
        ttl.millis(row),
        newerWins == null ? null : newerWins.time(row));
  }

  @Override
  public RowChange delete(RowData row) {
    RedisKey key = new RedisKey(layout.key().encode(row));
    return newerWins == null
        ? new Delete(key)
        : new TimedDelete(key, newerWins, newerWins.time(row));
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
          fields[end++] = names[i];
          fields[end++] = values[i];
        }
      }
      return fields;
    }

    private byte[][] nullNames(byte[][] into, int start) {
      int end = start;
      for (int i = 0; i < values.length; i++) {
        if (values[i] == null) {
          into[end++] = names[i];
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
