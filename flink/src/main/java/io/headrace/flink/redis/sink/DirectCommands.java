package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.structure.RedisKey;
import io.headrace.flink.redis.structure.RowChange;
import io.headrace.flink.redis.structure.StructureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes are made at once, where readers see them. */
final class DirectCommands implements FlushCommands {

  private final StructureKind structure;
  private final boolean comparesTimes;

  /**
   * @param comparesTimes whether the table has times, so that what is sent again can be compared
   */
  DirectCommands(StructureKind structure, boolean comparesTimes) {
    this.structure = structure;
    this.comparesTimes = comparesTimes;
  }

  @Override
  public List<PipelineCommand> first(List<PendingChange> changes) {
    return commands(changes, false);
  }

  /**
   * Upserts are all sent again: that leaves the same contents. Of appended rows only those that
   * failed, as each sending appends; but when time ran out, it is not known which.
   */
  @Override
  public List<PipelineCommand> again(
      List<PendingChange> changes, List<PipelineCommand> before, List<PipelineFailure> failures) {
    if (!structure.isAppendOnly()) {
      return commands(changes, comparesTimes);
    }
    boolean timedOut = failures.stream().anyMatch(failure -> failure.kind() == Kind.TIMEOUT);
    return timedOut ? before : failures.stream().map(PipelineFailure::command).distinct().toList();
  }

  private List<PipelineCommand> commands(List<PendingChange> changes, boolean allIfNewer) {
    List<PipelineCommand> all = new ArrayList<>(2 * changes.size());
    for (PendingChange pending : changes) {
      // What is sent again may come after later rows that Redis has taken already.
      if (pending.ifNewer() || allIfNewer) {
        pending.change().writeIfNewer(all);
      } else {
        pending.change().write(all);
      }
    }
    if (structure.sharesKeys()) {
      Map<RedisKey, RowChange> lastOfKeys = new LinkedHashMap<>();
      changes.forEach(pending -> lastOfKeys.put(pending.change().key(), pending.change()));
      lastOfKeys.values().forEach(change -> change.finish(all));
    }
    return all;
  }
}
