package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import java.util.List;

/** Says what is sent to Redis of changes that were gathered. */
interface FlushCommands {

  /** What is sent first. */
  List<PipelineCommand> first(List<PendingChange> changes);

  /**
   * What is sent again when something failed.
   *
   * @param before what was sent the last time
   */
  List<PipelineCommand> again(
      List<PendingChange> changes, List<PipelineCommand> before, List<PipelineFailure> failures);
}
