package io.headrace.flink.redis.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Does what a sink does with a pipeline: sends ahead, recovers, sends again in order. */
final class ResendingSink {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int IN_FLIGHT = 3;

  private final RedisPipeline pipeline;
  private final Duration timeout;
  private final int replicas;
  private final Deque<List<PipelineCommand>> unanswered = new ArrayDeque<>();
  private final Deque<PipelineAnswers> answers = new ArrayDeque<>();
  private int recoveries;

  ResendingSink(RedisPipeline pipeline, Duration timeout) {
    this(pipeline, timeout, 0);
  }

  /**
   * @param replicas that have to acknowledge each sending
   */
  ResendingSink(RedisPipeline pipeline, Duration timeout, int replicas) {
    this.pipeline = pipeline;
    this.timeout = timeout;
    this.replicas = replicas;
  }

  void send(PipelineCommand... commands) throws IOException, InterruptedException {
    while (unanswered.size() >= IN_FLIGHT) {
      awaitOldest();
    }
    unanswered.add(List.of(commands));
    answers.add(pipeline.send(List.of(commands), replicas));
  }

  void flush() throws IOException, InterruptedException {
    while (!unanswered.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<PipelineFailure> failures = answers.element().await(timeout);
    while (!failures.isEmpty()) {
      recoveries++;
      pipeline.recover(failures, Duration.ofNanos(deadline - System.nanoTime()));
      answers.clear();
      unanswered.forEach(commands -> answers.add(pipeline.send(commands, replicas)));
      failures = answers.element().await(timeout);
    }
    answers.remove();
    unanswered.remove();
  }

  int recoveries() {
    return recoveries;
  }
}
