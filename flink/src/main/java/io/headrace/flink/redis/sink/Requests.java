package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineAnswers;
import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisErrors;
import io.headrace.flink.redis.connection.RedisPipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Asks Redis, and waits for the answers; what fails is sent again where that can help. */
final class Requests {

  private final SinkSettings settings;
  private final RedisPipeline pipeline;
  private final Runnable repeated;

  /**
   * @param repeated told each time that something is sent again
   */
  Requests(SinkSettings settings, RedisPipeline pipeline, Runnable repeated) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.repeated = repeated;
  }

  /**
   * @param commands such that doing them twice does no harm: if one fails, all are sent again
   * @param patience how long they are sent again
   * @throws IOException if one still fails then, or cannot succeed
   */
  PipelineAnswers ask(List<PipelineCommand> commands, Duration patience)
      throws IOException, InterruptedException {
    return ask(commands, patience, UnaryOperator.identity());
  }

  /**
   * @param clearer says for messages what failed, if that is more than the command tells
   */
  PipelineAnswers ask(
      List<PipelineCommand> commands, Duration patience, UnaryOperator<PipelineFailure> clearer)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      PipelineAnswers answers = pipeline.send(commands, settings.waitReplicas());
      List<PipelineFailure> failures =
          answers.await(settings.target().commandTimeout()).stream().map(clearer).toList();
      if (failures.isEmpty()) {
        return answers;
      }
      PipelineFailure worst = worst(failures);
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (left.isZero() || !worst.isRetriable()) {
        throw RedisErrors.failed(settings.target(), worst);
      }
      repeated.run();
      pipeline.recover(failures, left);
    }
  }

  /** One that cannot be repaired, if there is one; else the first. */
  static PipelineFailure worst(List<PipelineFailure> failures) {
    return failures.stream()
        .filter(failure -> !failure.isRetriable())
        .findFirst()
        .orElse(failures.get(0));
  }
}
