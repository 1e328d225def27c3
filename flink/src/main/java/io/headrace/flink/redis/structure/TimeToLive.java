package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/** How long a row's key is to live: as its metadata column says, or else as the table says. */
final class TimeToLive implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A key that lives until it is deleted. */
  static final long FOR_EVER = 0;

  private static final byte[] REMOVE = {'-', '1'};

  private final long tableMillis;
  private final byte[] tableText;
  private final int column;

  /**
   * @param table the table's option; null for ever
   * @param column the position of the metadata column 'ttl' in rows; null without one
   */
  TimeToLive(@Nullable Duration table, @Nullable Integer column) {
    this.tableMillis = table == null ? FOR_EVER : table.toMillis();
    this.tableText = ascii(tableMillis);
    this.column = column == null ? -1 : column;
  }

  /**
   * @return milliseconds, or {@link #FOR_EVER}
   * @throws IllegalArgumentException if the row's own time is not above zero
   */
  long millis(RowData row) {
    if (column < 0 || row.isNullAt(column)) {
      return tableMillis;
    }
    long millis = row.getLong(column);
    if (millis <= 0) {
      throw new IllegalArgumentException(
          "metadata column 'ttl': it is "
              + millis
              + " ms, which is not above zero. To remove a row, delete it; NULL means the table's"
              + " option 'ttl'.");
    }
    return millis;
  }

  /** As scripts take it: milliseconds, 0 to leave the key's end as it is, -1 to remove it. */
  byte[] forScript(long millis) {
    return millis == FOR_EVER && column >= 0 ? REMOVE : text(millis);
  }

  private byte[] text(long millis) {
    return millis == tableMillis ? tableText : ascii(millis);
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** A key that is to live for ever may have had an end from an earlier row. */
  void write(RedisKey key, long millis, List<PipelineCommand> commands) {
    if (millis != FOR_EVER) {
      commands.add(PipelineCommand.onKey("PEXPIRE", key.bytes(), text(millis)));
    } else if (column >= 0) {
      commands.add(PipelineCommand.onKey("PERSIST", key.bytes()));
    }
  }
}
