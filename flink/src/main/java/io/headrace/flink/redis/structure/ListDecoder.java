package io.headrace.flink.redis.structure;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * A row is an element of a list. The list is read in one piece, from its left end: in pieces, rows
 * would be missed or read twice while others are pushed.
 */
final class ListDecoder extends KeyDecoder<List<byte[]>> {

  private static final long serialVersionUID = 1L;

  private final ValueDecoder value;

  ListDecoder(RowAssembler assembler) {
    super(assembler);
    this.value = ValueDecoder.of(assembler);
  }

  @Override
  public String command(RowPlace place) {
    return "LRANGE";
  }

  @Override
  CompletionStage<List<byte[]>> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    return commands.lrange(place.key(), 0, -1);
  }

  @Override
  List<RowData> rows(RowPlace place, List<byte[]> elements, @Nullable Long ttlMillis) {
    List<RowData> rows = new ArrayList<>(elements.size());
    for (byte[] element : elements) {
      GenericRowData row = assembler.row(place, ttlMillis);
      value.read(row, place, element);
      rows.add(row);
    }
    return rows;
  }
}
