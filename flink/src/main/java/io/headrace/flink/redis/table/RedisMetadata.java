package io.headrace.flink.redis.table;

import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** What a table can have besides its columns: {@code <column> <type> METADATA FROM '<name>'}. */
public final class RedisMetadata {

  /**
   * How long the row's key lives from now on, in milliseconds; NULL: as the table's option says, or
   * for ever. A BIGINT, because Flink's DDL has no interval types.
   */
  public static final String TTL = "ttl";

  public static final Map<String, DataType> TYPES = Map.of(TTL, DataTypes.BIGINT().nullable());

  private RedisMetadata() {}
}
