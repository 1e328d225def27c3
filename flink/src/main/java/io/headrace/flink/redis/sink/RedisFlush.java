package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.PipelineAnswers;
import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.RedisKey;
import io.headrace.flink.redis.structure.RowChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/** Changes that were sent together, until Redis has answered for each of them. */
final class RedisFlush {

  private final SinkSettings settings;
  private final List<PendingChange> changes;
  private final boolean comparesTimes;
  private final long bytes;
  private final long firstSentNanos = System.nanoTime();
  private List<PipelineCommand> commands;
  private PipelineAnswers answers;
  private long sentNanos;

  /**
   * @param comparesTimes whether the table has times, so that what is sent again can be compared
   */
  RedisFlush(
      SinkSettings settings, List<PendingChange> changes, boolean comparesTimes, long bytes) {
    this.settings = settings;
    this.changes = changes;
    this.comparesTimes = comparesTimes;
    this.bytes = bytes;
    this.commands = commands(false);
  }

  private List<PipelineCommand> commands(boolean again) {
    List<PipelineCommand> all = new ArrayList<>(2 * changes.size());
    for (PendingChange pending : changes) {
      // What is sent again may come after later rows that Redis has taken already.
      if (pending.ifNewer() || (again && comparesTimes)) {
        pending.change().writeIfNewer(all);
      } else {
        pending.change().write(all);
      }
    }
    if (settings.layout().structure().sharesKeys()) {
      Map<RedisKey, RowChange> lastOfKeys = new LinkedHashMap<>();
      changes.forEach(pending -> lastOfKeys.put(pending.change().key(), pending.change()));
      lastOfKeys.values().forEach(change -> change.finish(all));
    }
    return all;
  }

  void send(RedisPipeline pipeline) {
    sentNanos = System.nanoTime();
    answers = pipeline.send(commands, settings.waitReplicas());
  }

  /**
   * Sends again after a failure. Upserts are all sent again: that leaves the same contents. Of
   * appended rows only those that failed, as each sending appends.
   */
  void sendAgain(RedisPipeline pipeline, List<PipelineFailure> failures) {
    if (settings.layout().structure().isAppendOnly()) {
      commands = failures.stream().map(PipelineFailure::command).distinct().toList();
    } else {
      commands = commands(true);
    }
    send(pipeline);
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
      if (commands.get(i).name().equals("EVALSHA") && isZero(answers.reply(i))) {
        outdated++;
      }
    }
    return outdated;
  }

  private static boolean isZero(@Nullable Object reply) {
    return reply instanceof Long number && number == 0;
  }
}
