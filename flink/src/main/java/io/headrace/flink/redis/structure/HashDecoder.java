package io.headrace.flink.redis.structure;

import io.lettuce.core.KeyValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** A row is a hash, one field a column. An absent field is NULL. Only the needed fields travel. */
final class HashDecoder extends KeyDecoder<byte[][]> {

  private static final long serialVersionUID = 1L;

  private final byte[][] names;

  HashDecoder(RowAssembler assembler) {
    super(assembler);
    this.names = assembler.fieldNames();
  }

  @Override
  public String command(RowPlace place) {
    return names.length == 0 ? "HLEN" : "HMGET";
  }

  /** The fields' values, or null if there is no such hash. */
  @Override
  CompletionStage<byte[][]> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    if (names.length == 0) {
      return commands.hlen(place.key()).thenApply(length -> length == 0 ? null : names);
    }
    return commands.hmget(place.key(), names).thenCompose(reply -> values(commands, place, reply));
  }

  private CompletionStage<byte[][]> values(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      RowPlace place,
      List<KeyValue<byte[], byte[]>> reply) {
    byte[][] values = new byte[names.length][];
    boolean isThere = false;
    for (int i = 0; i < names.length; i++) {
      values[i] = reply.get(i).getValueOrElse(null);
      isThere |= values[i] != null;
    }
    if (isThere) {
      return CompletableFuture.completedFuture(values);
    }
    // No such hash, or a row of NULLs: only a reply with all fields tells.
    return commands
        .hgetall(place.key())
        .thenApply(all -> all.isEmpty() ? null : NamedFields.pick(names, all));
  }

  @Override
  List<RowData> rows(RowPlace place, @Nullable byte[][] values, @Nullable Long ttlMillis) {
    if (values == null) {
      return List.of();
    }
    GenericRowData row = assembler.row(place, ttlMillis);
    for (int i = 0; i < values.length; i++) {
      assembler.read(row, place, i, values[i]);
    }
    return List.of(row);
  }
}
