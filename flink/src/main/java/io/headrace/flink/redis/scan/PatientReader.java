package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.connection.ReadRetries;
import io.headrace.flink.redis.connection.RedisErrors;
import io.headrace.flink.redis.connection.RedisReader;
import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.structure.UnreadableRowException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Asks Redis, and waits; asks again where that can help. */
final class PatientReader implements AutoCloseable {

  private final RedisTarget target;
  private final int maxRetries;
  private final RedisReader reader;

  PatientReader(RedisTarget target, int maxRetries) throws IOException {
    this.target = target;
    this.maxRetries = maxRetries;
    this.reader = RedisReader.open(target);
  }

  RedisReader reader() {
    return reader;
  }

  /** The connection, or in a cluster all of them, behind {@link RedisReader#async}. */
  @SuppressWarnings("deprecation") // The reader shows its commands, not the connection.
  StatefulConnection<byte[], byte[]> connection() {
    RedisClusterAsyncCommands<byte[], byte[]> commands = reader.async();
    if (commands instanceof RedisAdvancedClusterAsyncCommands<byte[], byte[]> cluster) {
      return cluster.getStatefulConnection();
    }
    return ((RedisAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
  }

  RedisTarget target() {
    return target;
  }

  /** What is asked: for the first time, or once more. */
  interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  /** What a question that failed was about, for messages. */
  record Topic(String key, String command) {}

  /**
   * @param topic asked for after a failure
   * @throws IOException if Redis does not answer in the end, or answers with an error
   * @throws UnreadableRowException if there is something else than a row of the table
   */
  <T> T ask(Supplier<Topic> topic, Question<T> question) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.ask();
      } catch (ExecutionException | RedisException e) {
        Throwable failure = e instanceof ExecutionException ? e.getCause() : e;
        if (failure instanceof UnreadableRowException unreadable) {
          throw unreadable;
        }
        if (attempt > maxRetries || !ReadRetries.mayPass(failure)) {
          throw RedisErrors.failed(target, topic.get().key(), topic.get().command(), failure);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      pauseAfter(attempt);
    }
  }

  void pauseAfter(int attempt) throws IOException {
    try {
      Thread.sleep(ReadRetries.pauseAfter(attempt).toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("the job ends while Redis is read", e);
  }

  /** The reply; Redis' error, and the end of the command timeout, are ExecutionExceptions. */
  static <T> T reply(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
    return stage.toCompletableFuture().get();
  }

  @Override
  public void close() {
    reader.close();
  }
}
