package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.value.ValueFormat;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** A row is a hash, one field a column. NULL is an absent field. */
final class HashEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final TimeToLive ttl;
  @Nullable private final NewerWins newerWins;
  private final byte[][] names;
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
  }

  @Override
  public RowChange upsert(RowData row) {
    byte[][] fields = new byte[2 * formats.length][];
    byte[][] nulls = new byte[formats.length][];
    int set = 0;
    int unset = 0;
    for (int i = 0; i < formats.length; i++) {
      Object value = getters[i].getFieldOrNull(row);
      if (value == null) {
        nulls[unset++] = names[i];
      } else {
        fields[set++] = names[i];
        fields[set++] = formats[i].bytes(value);
      }
    }
    return new Upsert(
        new RedisKey(layout.key().encode(row)),
        unset == 0 ? fields : Arrays.copyOf(fields, set),
        Arrays.copyOf(nulls, unset),
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

    private final byte[][] fields;
    private final byte[][] nulls;
    private final long ttlMillis;
    @Nullable private final TimestampData time;

    Upsert(
        RedisKey key,
        byte[][] fields,
        byte[][] nulls,
        long ttlMillis,
        @Nullable TimestampData time) {
      super(key);
      this.fields = fields;
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
      if (nulls.length == 0) {
        commands.add(PipelineCommand.onKey("HSET", key, fields));
        ttl.write(key(), ttlMillis, commands);
      } else {
        // Two commands on the fields: as a transaction, so that nobody reads half a row.
        commands.add(PipelineCommand.multi(key));
        commands.add(PipelineCommand.onKey("HSET", key, fields));
        commands.add(PipelineCommand.onKey("HDEL", key, nulls));
        ttl.write(key(), ttlMillis, commands);
        commands.add(PipelineCommand.exec(key));
      }
    }

    @Override
    public void writeIfNewer(List<PipelineCommand> commands) {
      byte[][] row = new byte[1 + nulls.length + fields.length][];
      row[0] = Integer.toString(nulls.length).getBytes(US_ASCII);
      System.arraycopy(nulls, 0, row, 1, nulls.length);
      System.arraycopy(fields, 0, row, 1 + nulls.length, fields.length);
      commands.add(newerWins.write(key(), time, ttl.forScript(ttlMillis), row));
    }

    @Override
    public int size() {
      return Sizes.of(key().bytes()) + Sizes.of(fields) + Sizes.of(nulls);
    }
  }
}
