package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.RedisScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers rows into calls of scripts: a call for several rows takes Redis much less time than a
 * call for each. A script gets the keys of the rows, then those of their tombstones, then equally
 * many arguments for each row; it returns how many rows it left out.
 */
public final class ScriptCalls {

  private final List<PipelineCommand> commands;
  private final int rowsOfCall;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> tombstones = new ArrayList<>();
  private final List<byte[]> arguments = new ArrayList<>();
  private RedisScript script;

  /**
   * @param commands where the calls are added
   * @param rowsOfCall rows that one call may be for; 1 in a cluster, where a call has to stay in
   *     one slot
   */
  public ScriptCalls(List<PipelineCommand> commands, int rowsOfCall) {
    this.commands = commands;
    this.rowsOfCall = rowsOfCall;
  }

  void add(RedisScript called, byte[] key, byte[] tombstone, byte[]... ofRow) {
    if (keys.size() == rowsOfCall || called != script || ofRow.length != argumentsOfRow()) {
      finish();
      script = called;
    }
    keys.add(key);
    tombstones.add(tombstone);
    arguments.addAll(Arrays.asList(ofRow));
  }

  private int argumentsOfRow() {
    return keys.isEmpty() ? 0 : arguments.size() / keys.size();
  }

  /** Adds the last call. */
  public void finish() {
    if (keys.isEmpty()) {
      return;
    }
    keys.addAll(tombstones);
    commands.add(PipelineCommand.script(script, keys, arguments).keepingReply());
    keys.clear();
    tombstones.clear();
    arguments.clear();
  }
}
