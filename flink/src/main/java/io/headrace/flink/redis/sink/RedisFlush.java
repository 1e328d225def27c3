package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineAnswers;
import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisPipeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Changes that were sent together, until Redis has answered for each of them. */
final class RedisFlush {

  private final SinkSettings settings;
  private final FlushCommands maker;
  private final List<PendingChange> changes;
  private final long bytes;
  private final long firstSentNanos = System.nanoTime();
  private List<PipelineCommand> commands;
  private PipelineAnswers answers;
  private long sentNanos;
  private boolean sentAgain;

  RedisFlush(SinkSettings settings, FlushCommands maker, List<PendingChange> changes, long bytes) {
    this.settings = settings;
    this.maker = maker;
    this.changes = changes;
    this.bytes = bytes;
    this.commands = maker.first(changes);
  }

  void send(RedisPipeline pipeline) {
    sentNanos = System.nanoTime();
    answers = pipeline.send(commands, settings.waitReplicas());
  }

  /** Sends again after a failure. */
  void sendAgain(RedisPipeline pipeline, List<PipelineFailure> failures) {
    sentAgain = true;
    commands = maker.again(changes, commands, failures);
    send(pipeline);
  }

  boolean isSentAgain() {
    return sentAgain;
  }

  int rows() {
    return changes.size();
  }

  long bytes() {
    return bytes;
  }

  /** From the first sending to the last answer; only to be asked when all is answered. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(answers.answeredAtNanos() - firstSentNanos);
  }

  /** True if {@link #await} will not wait: all is answered, or the time for it is over. */
  boolean isDue() {
    return answers.isDone() || untilTimeout().isZero();
  }

  /**
   * Waits for the answers, as long as {@code command.timeout} allows.
   *
   * @return what failed; empty if all is done
   */
  List<PipelineFailure> await() throws InterruptedException {
    return answers.await(untilTimeout());
  }

  private Duration untilTimeout() {
    return left(settings.target().commandTimeout(), sentNanos);
  }

  /** What is left of {@code sink.retry.timeout}. */
  Duration patience() {
    return left(settings.retryTimeout(), firstSentNanos);
  }

  private static Duration left(Duration whole, long sinceNanos) {
    long nanos = whole.toNanos() - (System.nanoTime() - sinceNanos);
    return Duration.ofNanos(Math.max(0, nanos));
  }

  /** How many rows Redis did not take because it holds later ones. */
  int outdatedRows() {
    int outdated = 0;
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i).isScript() && answers.reply(i) instanceof Long rows) {
        outdated += rows.intValue();
      }
    }
    return outdated;
  }
}
