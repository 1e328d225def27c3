package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.util.List;

/** Removes a row that is a key of its own. */
final class Delete extends RowChange {

  Delete(RedisKey key) {
    super(key);
  }

  @Override
  public void write(List<PipelineCommand> commands) {
    commands.add(PipelineCommand.onKey("UNLINK", key().bytes()));
  }

  @Override
  public int size() {
    return Sizes.of(key().bytes());
  }
}
