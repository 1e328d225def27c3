package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.ValueFormat;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * A row is a member of a sorted set, with its score; lowest scores first. The set is read in one
 * piece: by ranks or ZSCAN, rows would be missed or read twice while scores change.
 */
final class SortedSetDecoder extends KeyDecoder<List<ScoredValue<byte[]>>> {

  private static final long serialVersionUID = 1L;

  private final int memberField;
  private final int scoreField;
  private final ValueFormat memberFormat;
  private final ScoreDecoder score;

  SortedSetDecoder(RowAssembler assembler) {
    super(assembler);
    TableLayout layout = assembler.layout();
    this.memberField = assembler.fieldOf(layout.memberColumn());
    this.scoreField = assembler.fieldOf(layout.scoreColumn());
    this.memberFormat = layout.formats().get(layout.memberColumn());
    this.score =
        new ScoreDecoder(
            layout.types().get(layout.scoreColumn()), layout.formats().get(layout.scoreColumn()));
  }

  @Override
  public String command(RowPlace place) {
    return place.members() == null ? "ZRANGE" : "ZMSCORE";
  }

  @Override
  CompletionStage<List<ScoredValue<byte[]>>> send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, RowPlace place) {
    if (place.members() == null) {
      return commands.zrangeWithScores(place.key(), 0, -1);
    }
    byte[][] members = place.members().stream().map(memberFormat::bytes).toArray(byte[][]::new);
    return commands
        .zmscore(place.key(), members)
        .thenApply(
            scores -> {
              List<ScoredValue<byte[]>> found = new ArrayList<>();
              for (int i = 0; i < members.length; i++) {
                if (scores.get(i) != null) {
                  found.add(ScoredValue.just(scores.get(i), members[i]));
                }
              }
              return found;
            });
  }

  @Override
  List<RowData> rows(RowPlace place, List<ScoredValue<byte[]>> members, @Nullable Long ttlMillis) {
    List<RowData> rows = new ArrayList<>(members.size());
    for (ScoredValue<byte[]> member : members) {
      GenericRowData row = assembler.row(place, ttlMillis);
      if (memberField >= 0) {
        assembler.read(row, place, memberField, member.getValue());
      }
      if (scoreField >= 0) {
        Object value = assembler.value(place, scoreField, () -> score.value(member.getScore()));
        assembler.set(row, scoreField, value);
      }
      rows.add(row);
    }
    return rows;
  }
}
