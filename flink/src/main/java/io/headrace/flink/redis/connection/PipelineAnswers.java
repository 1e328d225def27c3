package io.headrace.flink.redis.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.annotation.Nullable;

/** The answers to one sending. Filled by Lettuce's threads, asked by the task's. */
public final class PipelineAnswers {

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicInteger openNodes = new AtomicInteger();

  /** By the place of the command in the sending; errors are rare, so a lock will do. */
  private final SortedMap<Integer, PipelineFailure> failures = new TreeMap<>();

  @Nullable private final AtomicReferenceArray<Object> replies;
  private final Runnable whenAllIsWell;
  private List<NodeBatch> batches = List.of();
  private volatile long answeredAtNanos;

  /**
   * @param whenAllIsWell run by who awaits the answers and learns of no failure
   */
  PipelineAnswers(List<PipelineCommand> commands, Runnable whenAllIsWell) {
    this.whenAllIsWell = whenAllIsWell;
    boolean keepsReply = false;
    for (PipelineCommand command : commands) {
      keepsReply |= command.keepsReply();
    }
    replies = keepsReply ? new AtomicReferenceArray<>(commands.size()) : null;
  }

  /** Sends; nothing is sent before, so that this cannot be done too early. */
  void send(List<NodeBatch> toNodes) {
    batches = toNodes;
    openNodes.set(toNodes.size() + 1);
    toNodes.forEach(NodeBatch::send);
    nodeAnswered();
  }

  void nodeAnswered() {
    if (openNodes.decrementAndGet() == 0) {
      answeredAtNanos = System.nanoTime();
      done.complete(null);
    }
  }

  void reply(int index, @Nullable Object reply) {
    replies.set(index, reply);
  }

  void failed(int index, PipelineFailure failure) {
    synchronized (failures) {
      failures.putIfAbsent(index, failure);
    }
  }

  boolean hasFailed(List<SentCommand> commands) {
    synchronized (failures) {
      return commands.stream().anyMatch(command -> failures.containsKey(command.index()));
    }
  }

  /** True if {@link #await} will not wait. */
  public boolean isDone() {
    return done.isDone();
  }

  /**
   * Waits for the answers.
   *
   * @return what failed, in the order of the sending; empty if all is done. Of commands that have
   *     no answer in time, the first to each node is there
   */
  public List<PipelineFailure> await(Duration timeout) throws InterruptedException {
    try {
      done.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String words = "not answered within " + timeout.toMillis() + " ms";
      batches.forEach(batch -> batch.timeOut(words));
    } catch (ExecutionException e) {
      throw new IllegalStateException("Never completed with an error", e);
    }
    synchronized (failures) {
      if (failures.isEmpty()) {
        whenAllIsWell.run();
      }
      return new ArrayList<>(failures.values());
    }
  }

  /**
   * What Redis answered to a command that was sent with {@link PipelineCommand#keepingReply()}.
   *
   * @param index the command's place in the sending
   * @return a Long, a byte[] (for a status too), null, or a List of these; null too if the command
   *     failed
   */
  @Nullable
  public Object reply(int index) {
    return replies == null ? null : replies.get(index);
  }

  /** When the last answer came, by {@link System#nanoTime}; only to be asked when all is done. */
  public long answeredAtNanos() {
    return answeredAtNanos;
  }
}
