package io.headrace.flink.redis.structure;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.flink.table.data.RowData;

/**
 * Reads what a {@link RowEncoder} has written. All that depends on a column's type is decided once,
 * not per row. It may be used by several threads.
 *
 * <p>The key's columns come from the key; a field of the same name is not looked at.
 */
public interface RowDecoder extends Serializable {

  /** The Redis command that reads there, for messages. */
  String command(RowPlace place);

  /**
   * Asks for the rows without waiting, so that many keys can be asked for at a time.
   *
   * @return the rows, none if the key is absent. It completes with an {@link
   *     UnreadableRowException} if what is there is no row of the table, else with Lettuce's own
   *     exceptions.
   */
  CompletionStage<List<RowData>> read(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place);
}
