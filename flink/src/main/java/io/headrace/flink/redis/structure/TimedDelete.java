package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.List;
import org.apache.flink.table.data.TimestampData;

/** Removes a row that is a key of its own, and remembers when it was removed. */
final class TimedDelete extends RowChange {

  private final NewerWins newerWins;
  private final TimestampData time;

  TimedDelete(RedisKey key, NewerWins newerWins, TimestampData time) {
    super(key);
    this.newerWins = newerWins;
    this.time = time;
  }

  @Override
  public TimestampData time() {
    return time;
  }

  /** Always by the script: a row without its tombstone could come back. */
  @Override
  public void write(List<PipelineCommand> commands) {
    ScriptCalls call = new ScriptCalls(commands, 1);
    writeIfNewer(call);
    call.finish();
  }

  @Override
  public void writeIfNewer(ScriptCalls calls) {
    newerWins.delete(key(), time, calls);
  }

  @Override
  public int size() {
    return 2 * Sizes.of(key().bytes());
  }
}
