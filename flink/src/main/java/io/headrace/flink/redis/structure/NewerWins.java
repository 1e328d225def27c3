package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.RedisScript;
import io.headrace.flink.redis.value.ValueFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
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
  private static final byte[] TWO = {'2'};
  private static final byte[] TOMBSTONE_PREFIX = "headrace:deleted:".getBytes(US_ASCII);

  private final String columnName;
  private final byte[] column;
  private final RowData.FieldGetter getter;
  private final ValueFormat format;
  private final boolean withoutZone;
  private final byte[] tombstoneMillis;
  private final RedisScript writeScript;
  private final RedisScript deleteScript;
  private final RedisScript raiseScript = script("is_later", "raise_high_water");

  /**
   * @param column the index of the time column, a TIMESTAMP or TIMESTAMP_LTZ
   */
  public NewerWins(TableLayout layout, int column, Duration tombstoneTtl) {
    this.columnName = layout.columns().get(column);
    this.column = columnName.getBytes(UTF_8);
    this.getter = RowData.createFieldGetter(layout.types().get(column), column);
    this.format = layout.formats().get(column);
    this.withoutZone = layout.types().get(column).is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    this.tombstoneMillis = Long.toString(tombstoneTtl.toMillis()).getBytes(US_ASCII);
    boolean hash = layout.structure() == StructureKind.HASH;
    this.writeScript =
        hash
            ? script("is_later", "hash_write_if_newer")
            : script("is_later", "stored_time", "string_write_if_newer");
    this.deleteScript =
        hash
            ? script("is_later", "hash_delete_if_newer")
            : script("is_later", "stored_time", "string_delete_if_newer");
  }

  private static RedisScript script(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      try (InputStream in = NewerWins.class.getResourceAsStream(part + ".lua")) {
        text.append(new String(in.readAllBytes(), UTF_8)).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RedisScript(text.toString());
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
              + " COALESCE, or leave such rows out");
    }
    return (TimestampData) time;
  }

  /** Writes the row; the arguments are what the structure's script asks for after the TTL. */
  PipelineCommand write(RedisKey key, TimestampData time, long ttlMillis, byte[]... row) {
    byte[] ttl = Long.toString(ttlMillis).getBytes(US_ASCII);
    return call(writeScript, key, time, concatenate(new byte[][] {ttl}, row));
  }

  PipelineCommand delete(RedisKey key, TimestampData time) {
    return call(deleteScript, key, time, tombstoneMillis);
  }

  private PipelineCommand call(
      RedisScript script, RedisKey key, TimestampData time, byte[]... more) {
    byte[][] call = {
      script.sha1().getBytes(US_ASCII), TWO, key.bytes(), tombstone(key), column, text(time)
    };
    return PipelineCommand.of("EVALSHA", key.bytes(), concatenate(call, more)).keepingReply();
  }

  private static byte[][] concatenate(byte[][] first, byte[][] second) {
    byte[][] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** In a cluster the key has a hash tag, and so the tombstone is in the same slot. */
  private static byte[] tombstone(RedisKey key) {
    byte[] bytes = new byte[TOMBSTONE_PREFIX.length + key.bytes().length];
    System.arraycopy(TOMBSTONE_PREFIX, 0, bytes, 0, TOMBSTONE_PREFIX.length);
    System.arraycopy(key.bytes(), 0, bytes, TOMBSTONE_PREFIX.length, key.bytes().length);
    return bytes;
  }
}
