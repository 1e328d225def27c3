package io.headrace.flink.redis.table;

import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** What a table can have besides its columns: {@code <column> <type> METADATA FROM '<name>'}. */
public final class RedisMetadata {

  /** How long the row's key lives from now on; NULL: as the table's option says, or for ever. */
  public static final String TTL = "ttl";

  public static final Map<String, DataType> TYPES =
      Map.of(TTL, DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3)).nullable());

  private RedisMetadata() {}
}
