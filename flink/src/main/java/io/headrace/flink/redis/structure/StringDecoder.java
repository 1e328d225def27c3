package io.headrace.flink.redis.structure;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** A row is a string: the value of one column, or the row as a JSON object. */
final class StringDecoder extends KeyDecoder<byte[]> {

  private static final long serialVersionUID = 1L;

  private final ValueDecoder value;

  StringDecoder(RowAssembler assembler) {
    super(assembler);
    this.value = ValueDecoder.of(assembler);
  }

  @Override
  public String command(RowPlace place) {
    return "GET";
  }

  @Override
  CompletionStage<byte[]> send(RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    return commands.get(place.key());
  }

  @Override
  List<RowData> rows(RowPlace place, @Nullable byte[] bytes, @Nullable Long ttlMillis) {
    if (bytes == null) {
      return List.of();
    }
    GenericRowData row = assembler.row(place, ttlMillis);
    value.read(row, place, bytes);
    return List.of(row);
  }
}
