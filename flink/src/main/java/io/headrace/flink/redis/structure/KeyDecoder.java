package io.headrace.flink.redis.structure;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;

/**
 * What the decoders have in common: one command on a key, and PTTL where the rows have a 'ttl'.
 *
 * @param <T> the reply
 */
abstract class KeyDecoder<T> implements RowDecoder {

  private static final long serialVersionUID = 1L;

  /** What PTTL answers. */
  private static final long NO_KEY = -2;

  private static final long NO_END = -1;

  final RowAssembler assembler;

  KeyDecoder(RowAssembler assembler) {
    this.assembler = assembler;
  }

  abstract CompletionStage<T> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place);

  /**
   * @param ttlMillis null if the rows have no such column, or the key has no end
   * @throws UnreadableRowException if the reply holds no rows of the table
   */
  abstract List<RowData> rows(RowPlace place, T reply, @Nullable Long ttlMillis);

  @Override
  public final CompletionStage<List<RowData>> read(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    CompletionStage<T> reply = send(commands, place);
    if (!assembler.hasTtl()) {
      return reply.thenApply(it -> rows(place, it, null));
    }
    // After the row: if the key ends in between, there is no row any more.
    return reply.thenCombine(
        commands.pttl(place.key()),
        (it, ttl) ->
            ttl == NO_KEY ? List.<RowData>of() : rows(place, it, ttl == NO_END ? null : ttl));
  }
}
