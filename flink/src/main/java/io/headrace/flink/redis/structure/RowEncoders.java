package io.headrace.flink.redis.structure;

import javax.annotation.Nullable;

/** Chooses the encoder of a table. */
public final class RowEncoders {

  private RowEncoders() {}

  /**
   * @param ttlColumn position of the metadata column 'ttl' in rows; null without one
   * @param newerWins null if rows replace each other whatever their times are
   */
  public static RowEncoder of(
      TableLayout layout, @Nullable Integer ttlColumn, @Nullable NewerWins newerWins) {
    TimeToLive ttl = new TimeToLive(layout.ttl(), ttlColumn);
    return switch (layout.structure()) {
      case HASH -> new HashEncoder(layout, ttl, newerWins);
      case STRING -> new StringEncoder(layout, ttl, newerWins);
      case MAP -> new MapEncoder(layout, ttl);
      case ZSET -> new SortedSetEncoder(layout, ttl);
      case LIST -> new ListEncoder(layout, ttl);
      case STREAM -> new StreamEncoder(layout, ttl);
    };
  }
}
