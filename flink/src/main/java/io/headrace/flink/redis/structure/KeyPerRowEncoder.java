package io.headrace.flink.redis.structure;

import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/**
 * What encoders share whose rows are a key each: the key, the row's time, and how it is removed.
 */
abstract class KeyPerRowEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  /** Null if rows replace each other whatever their times are. */
  @Nullable final NewerWins newerWins;

  private final TableLayout layout;

  KeyPerRowEncoder(TableLayout layout, @Nullable NewerWins newerWins) {
    this.layout = layout;
    this.newerWins = newerWins;
  }

  final RedisKey key(RowData row) {
    return new RedisKey(layout.key().encode(row));
  }

  /** Null if the table has no times. */
  @Nullable
  final TimestampData time(RowData row) {
    return newerWins == null ? null : newerWins.time(row);
  }

  @Override
  public final RowChange delete(RowData row) {
    return newerWins == null
        ? new Delete(key(row))
        : new TimedDelete(key(row), newerWins, time(row));
  }
}
