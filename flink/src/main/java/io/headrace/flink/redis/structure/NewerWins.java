package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.RedisScript;
import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Writes and deletes that Redis refuses itself if it holds a row with a later time: the comparison
 * and the write are one script. A deletion leaves a tombstone, a key with its time, so that an
 * older row does not bring the deleted one back.
 */
public final class NewerWins implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final byte[] TOMBSTONE_PREFIX = "headrace:deleted:".getBytes(US_ASCII);

  private final String columnName;
  private final RowData.FieldGetter getter;
  private final ValueFormat format;
  private final boolean withoutZone;
  private final RedisScript writeScript;
  private final RedisScript deleteScript;
  private final RedisScript raiseScript =
      RedisScript.read(NewerWins.class, "is_later", "raise_high_water");

  /**
   * @param column the index of the time column, a TIMESTAMP or TIMESTAMP_LTZ
   */
  public NewerWins(TableLayout layout, int column, Duration tombstoneTtl) {
    this.columnName = layout.columns().get(column);
    this.getter = RowData.createFieldGetter(layout.types().get(column), column);
    this.format = layout.formats().get(column);
    this.withoutZone = layout.types().get(column).is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    NewerWinsScripts scripts = new NewerWinsScripts(layout, column, tombstoneTtl);
    this.writeScript = scripts.write();
    this.deleteScript = scripts.delete();
  }

  /** What a connection must have loaded. */
  public List<RedisScript> scripts() {
    return List.of(writeScript, deleteScript, raiseScript);
  }

  /** Sets a key to a time, unless it holds a later one. */
  public RedisScript raiseScript() {
    return raiseScript;
  }

  /** Whether times have no zone, so that the clock's time can be up to a day off. */
  public boolean isWithoutZone() {
    return withoutZone;
  }

  /** The row's time as it stands in Redis. */
  public byte[] text(TimestampData time) {
    return format.bytes(time);
  }

  /** The time of a text that {@link #text} made. */
  public TimestampData time(byte[] text) {
    return (TimestampData) format.fromBytes(text);
  }

  /**
   * @throws IllegalArgumentException if the row has no time
   */
  TimestampData time(RowData row) {
    Object time = getter.getFieldOrNull(row);
    if (time == null) {
      throw new IllegalArgumentException(
          "column '"
              + columnName
              + "': it is NULL, and 'newer-wins.column' compares rows by it. Fill it with"
              + " COALESCE, or leave such rows out.");
    }
    return (TimestampData) time;
  }

  /**
   * Writes the row if Redis holds no later one.
   *
   * @param arguments what the structure's script asks for
   */
  void write(RedisKey key, ScriptCalls calls, byte[]... arguments) {
    calls.add(writeScript, key.bytes(), tombstone(key), arguments);
  }

  void delete(RedisKey key, TimestampData time, ScriptCalls calls) {
    calls.add(deleteScript, key.bytes(), tombstone(key), text(time));
  }

  /** In a cluster the key has a hash tag, and so the tombstone is in the same slot. */
  private static byte[] tombstone(RedisKey key) {
    byte[] bytes = new byte[TOMBSTONE_PREFIX.length + key.bytes().length];
    System.arraycopy(TOMBSTONE_PREFIX, 0, bytes, 0, TOMBSTONE_PREFIX.length);
    System.arraycopy(key.bytes(), 0, bytes, TOMBSTONE_PREFIX.length, key.bytes().length);
    return bytes;
  }
}
