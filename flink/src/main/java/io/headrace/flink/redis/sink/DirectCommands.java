package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.connection.Topology;
import io.headrace.flink.redis.structure.RedisKey;
import io.headrace.flink.redis.structure.RowChange;
import io.headrace.flink.redis.structure.ScriptCalls;
import io.headrace.flink.redis.structure.StructureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes are made at once, where readers see them. */
final class DirectCommands implements FlushCommands {

  /** More gain little, and Redis does nothing else during a call. */
  private static final int COMPARED_ROWS_OF_CALL = 20;

  private final StructureKind structure;
  private final boolean comparesTimes;
  private final int rowsOfCall;

  /**
   * @param comparesTimes whether the table has times, so that what is sent again can be compared
   */
  DirectCommands(SinkSettings settings, boolean comparesTimes) {
    this.structure = settings.layout().structure();
    this.comparesTimes = comparesTimes;
    // A call of a script stays in one slot.
    boolean cluster = settings.target().address().topology() == Topology.CLUSTER;
    this.rowsOfCall = cluster ? 1 : COMPARED_ROWS_OF_CALL;
  }

  @Override
  public List<PipelineCommand> first(List<PendingChange> changes) {
    return commands(changes, false, rowsOfCall);
  }

  /**
   * Upserts are all sent again: that leaves the same contents; each in a call of its own, so that
   * an error tells which row it is about. Of appended rows only those that failed, as each sending
   * appends; but when time ran out, it is not known which.
   */
  @Override
  public List<PipelineCommand> again(
      List<PendingChange> changes, List<PipelineCommand> before, List<PipelineFailure> failures) {
    if (!structure.isAppendOnly()) {
      return commands(changes, comparesTimes, 1);
    }
    boolean timedOut = failures.stream().anyMatch(failure -> failure.kind() == Kind.TIMEOUT);
    return timedOut ? before : failures.stream().map(PipelineFailure::command).distinct().toList();
  }

  private List<PipelineCommand> commands(
      List<PendingChange> changes, boolean allIfNewer, int rowsOfEachCall) {
    List<PipelineCommand> all = new ArrayList<>(2 * changes.size());
    ScriptCalls calls = new ScriptCalls(all, rowsOfEachCall);
    for (PendingChange pending : changes) {
      // What is sent again may come after later rows that Redis has taken already.
      if (pending.ifNewer() || allIfNewer) {
        pending.change().writeIfNewer(calls);
      } else {
        pending.change().write(all);
      }
    }
    calls.finish();
    if (structure.sharesKeys()) {
      Map<RedisKey, RowChange> lastOfKeys = new LinkedHashMap<>();
      changes.forEach(pending -> lastOfKeys.put(pending.change().key(), pending.change()));
      lastOfKeys.values().forEach(change -> change.finish(all));
    }
    return all;
  }
}
