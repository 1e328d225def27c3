package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.TimestampData;

/** What one row does to one Redis key. */
public abstract class RowChange {

  private final RedisKey key;

  RowChange(RedisKey key) {
    this.key = key;
  }

  public final RedisKey key() {
    return key;
  }

  /**
   * Of changes with equal identities only the last counts; null for a change that always counts.
   */
  @Nullable
  public Object identity() {
    return key;
  }

  /** The row's time where the table has one ('newer-wins.column'), else null. */
  @Nullable
  public TimestampData time() {
    return null;
  }

  /** Adds the commands that make Redis hold the row, whatever it held before. */
  public abstract void write(List<PipelineCommand> commands);

  /** Adds the commands that do the same unless Redis holds a row with a later time. */
  public void writeIfNewer(ScriptCalls calls) {
    throw new UnsupportedOperationException("a table without 'newer-wins.column'");
  }

  /** Adds what is to be done once for a key after all changes of a sending. */
  public void finish(List<PipelineCommand> commands) {}

  /** About how many bytes the change takes, in memory and on the wire. */
  public abstract int size();
}
