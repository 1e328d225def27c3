package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.ValueFormat;
import io.lettuce.core.KeyValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * A row is a field of a hash. The hash is read in one piece: by HSCAN, rows would be missed or read
 * twice while others are written.
 */
final class MapDecoder extends KeyDecoder<Map<byte[], byte[]>> {

  private static final long serialVersionUID = 1L;

  private final ValueFormat nameFormat;

  /** Of the column that is the field's name; negative if it is not to be read. */
  private final int nameField;

  private final boolean readsValue;
  private final ValueDecoder value;

  MapDecoder(RowAssembler assembler) {
    super(assembler);
    TableLayout layout = assembler.layout();
    this.nameFormat = layout.formats().get(layout.memberColumn());
    this.nameField = assembler.fieldOf(layout.memberColumn());
    this.readsValue = assembler.fieldColumns().size() > (nameField < 0 ? 0 : 1);
    this.value = ValueDecoder.of(assembler);
  }

  @Override
  public String command(RowPlace place) {
    return place.members() == null ? "HGETALL" : "HMGET";
  }

  @Override
  CompletionStage<Map<byte[], byte[]>> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    if (place.members() == null) {
      return commands.hgetall(place.key());
    }
    byte[][] names = place.members().stream().map(nameFormat::bytes).toArray(byte[][]::new);
    return commands.hmget(place.key(), names).thenApply(MapDecoder::present);
  }

  private static Map<byte[], byte[]> present(List<KeyValue<byte[], byte[]>> reply) {
    Map<byte[], byte[]> found = new LinkedHashMap<>();
    for (KeyValue<byte[], byte[]> field : reply) {
      if (field.hasValue()) {
        found.put(field.getKey(), field.getValue());
      }
    }
    return found;
  }

  @Override
  List<RowData> rows(RowPlace place, Map<byte[], byte[]> fields, @Nullable Long ttlMillis) {
    List<RowData> rows = new ArrayList<>(fields.size());
    fields.forEach(
        (name, bytes) -> {
          GenericRowData row = assembler.row(place, ttlMillis);
          if (readsValue) {
            value.read(row, place, bytes);
          }
          // After the value, which may be the whole row: the field's name is what identifies it.
          if (nameField >= 0) {
            assembler.read(row, place, nameField, name);
          }
          rows.add(row);
        });
    return rows;
  }
}
