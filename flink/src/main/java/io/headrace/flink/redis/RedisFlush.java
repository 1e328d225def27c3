package io.headrace.flink.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Changes that were sent together, until Redis has answered for each of them. */
final class RedisFlush {

  private final RedisSinkConfig config;
  private final List<RowChange> changes;
  private final long firstSentAt = System.nanoTime();
  private List<RedisReply> replies;
  private CompletableFuture<Long> answeredAt;

  RedisFlush(RedisSinkConfig config, List<RowChange> changes) {
    this.config = config;
    this.changes = changes;
  }

  /** Sends the changes, or sends them again: Redis takes them as often as need be. */
  void send(RedisConnection connection) {
    replies = connection.send(changes);
    // Redis answers in order.
    answeredAt =
        replies
            .get(replies.size() - 1)
            .answer()
            .handle((answer, error) -> System.nanoTime())
            .toCompletableFuture();
  }

  int rows() {
    return changes.size();
  }

  /** From the first sending to the last answer; only to be asked after {@link #await}. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(answeredAt.join() - firstSentAt);
  }

  /** True if {@link #await} will not wait: all is answered, or the time for it is over. */
  boolean isDue() {
    return answeredAt.isDone() || remaining().isZero();
  }

  /** What is left of {@code command.timeout}. */
  Duration remaining() {
    long nanos = config.commandTimeout().toNanos() - (System.nanoTime() - firstSentAt);
    return Duration.ofNanos(Math.max(0, nanos));
  }

  /**
   * Waits for the answers, as long as {@code command.timeout} allows.
   *
   * @return false if the connection was lost before the last answer
   * @throws IOException if Redis refused a command, or the time is over
   */
  boolean await() throws IOException, InterruptedException {
    for (RedisReply reply : replies) {
      try {
        reply.answer().get(remaining().toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | CancellationException e) {
        if (e.getCause() instanceof RedisCommandExecutionException refusal) {
          throw RedisErrors.refused(config, reply, refusal);
        }
        if (remaining().isZero()) {
          throw RedisErrors.unanswered(config, reply, e);
        }
        return false;
      } catch (TimeoutException e) {
        throw RedisErrors.unanswered(config, reply, e);
      }
    }
    return true;
  }
}
