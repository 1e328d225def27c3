package io.headrace.flink.redis.structure;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** A row is an entry of a stream, one field a column. An absent field is NULL. Oldest first. */
final class StreamDecoder extends KeyDecoder<List<StreamMessage<byte[], byte[]>>> {

  private static final long serialVersionUID = 1L;

  /** Entries of one command: a long stream must not keep Redis from others. */
  private static final int ENTRIES = 1_000;

  private final byte[][] names;

  StreamDecoder(RowAssembler assembler) {
    super(assembler);
    this.names = assembler.fieldNames();
  }

  @Override
  public String command(RowPlace place) {
    return "XRANGE";
  }

  @Override
  CompletionStage<List<StreamMessage<byte[], byte[]>>> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    return entries(commands, place, Boundary.unbounded(), List.of());
  }

  /** Ids only grow, so that pieces neither overlap nor leave gaps. */
  private static CompletionStage<List<StreamMessage<byte[], byte[]>>> entries(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      RowPlace place,
      Boundary<String> start,
      List<StreamMessage<byte[], byte[]>> before) {
    return commands
        .xrange(place.key(), Range.from(start, Boundary.unbounded()), Limit.from(ENTRIES))
        .thenCompose(
            piece -> {
              if (before.isEmpty() && piece.size() < ENTRIES) {
                return CompletableFuture.completedFuture(piece);
              }
              List<StreamMessage<byte[], byte[]>> all = new ArrayList<>(before);
              all.addAll(piece);
              return piece.size() < ENTRIES
                  ? CompletableFuture.completedFuture(all)
                  : entries(
                      commands,
                      place,
                      Boundary.excluding(piece.get(piece.size() - 1).getId()),
                      all);
            });
  }

  @Override
  List<RowData> rows(
      RowPlace place, List<StreamMessage<byte[], byte[]>> entries, @Nullable Long ttlMillis) {
    List<RowData> rows = new ArrayList<>(entries.size());
    for (StreamMessage<byte[], byte[]> entry : entries) {
      GenericRowData row = assembler.row(place, ttlMillis);
      byte[][] values = NamedFields.pick(names, entry.getBody());
      for (int i = 0; i < values.length; i++) {
        assembler.read(row, place, i, values[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
