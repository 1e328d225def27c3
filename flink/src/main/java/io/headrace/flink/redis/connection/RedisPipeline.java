package io.headrace.flink.redis.connection;

import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Sends commands to Redis without waiting for answers in between, in order: over one connection to
 * a single server or to the primary that the Sentinels name, over one to each primary of a cluster.
 *
 * <p>For one thread. Lettuce's threads only complete answers.
 *
 * <p>A connection that was lost fails what it has not answered. The caller then lets the pipeline
 * {@link #recover} and sends all unanswered commands again, in order; so commands should be such
 * that doing them twice does no harm.
 *
 * <p>A Redis user with few rights needs PING besides the commands that are sent, SCRIPT LOAD for
 * scripts, and CLUSTER SLOTS and ASKING in a cluster. CLIENT ID and CLIENT KILL are used if they
 * are allowed: without them, what a connection sent before it was given up may be done after what
 * its successor sends, if Redis itself was slow to read. So are CLIENT SETNAME, and ROLE behind
 * Sentinels.
 */
public final class RedisPipeline implements AutoCloseable {

  private final RedisTarget target;
  private final NodeClient client;
  private final PrimaryConnections connections;
  private final Pauses pauses = new Pauses();

  private RedisPipeline(RedisTarget target, List<RedisScript> scripts, @Nullable String writer) {
    this.target = target;
    String name = writer == null ? target.clientName() : target.clientName(writer);
    this.client = new NodeClient(target, name);
    this.connections =
        new PrimaryConnections(client, List.copyOf(scripts), writer == null ? null : name);
  }

  /**
   * Connects to all primaries, logs in, sees that they answer, and loads the scripts.
   *
   * @throws IOException if that does not succeed, with table, place, fact and remedy
   */
  public static RedisPipeline open(RedisTarget target, List<RedisScript> scripts)
      throws IOException {
    return open(target, scripts, null);
  }

  /**
   * Connects in the name of a writer that may have predecessors: processes that have ended, or are
   * cut off, and whose last commands may not have come to Redis yet. They never will: Redis closes
   * the connections of that name.
   *
   * @param writer not empty, without spaces, in ASCII; of all that live, only one has the name
   */
  public static RedisPipeline open(
      RedisTarget target, List<RedisScript> scripts, @Nullable String writer) throws IOException {
    RedisPipeline pipeline;
    try {
      pipeline = new RedisPipeline(target, scripts, writer);
    } catch (RuntimeException e) {
      throw RedisErrors.unreachable(target, e);
    }
    try {
      pipeline.connections.open();
      return pipeline;
    } catch (RedisException e) {
      pipeline.close();
      throw RedisErrors.unreachable(target, e);
    } catch (InterruptedException e) {
      pipeline.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while connecting to Redis");
    }
  }

  /**
   * Sends, without waiting. The order of commands on one key is kept, also from one sending to the
   * next; commands from MULTI to EXEC go out next to each other.
   */
  public PipelineAnswers send(List<PipelineCommand> commands) {
    return send(commands, 0);
  }

  /**
   * Sends, and has each node that gets a command wait until its replicas have it too (WAIT).
   *
   * @param replicas how many of each node's have to acknowledge, within half of the command
   *     timeout; fewer are a failure {@link PipelineFailure.Kind#NOT_REPLICATED}
   */
  public PipelineAnswers send(List<PipelineCommand> commands, int replicas) {
    PipelineAnswers answers = new PipelineAnswers(commands, pauses::startAgain);
    List<NodeBatch> batches = connections.routes().split(commands, answers);
    if (replicas > 0) {
      byte[] number = ascii(replicas);
      byte[] millis = ascii(Math.max(1, target.commandTimeout().toMillis() / 2));
      batches.forEach(batch -> batch.addWait(number, millis, new WaitReply(replicas)));
    }
    answers.send(batches);
    return answers;
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Repairs what let commands fail: connects again (and reads the password again), asks for the
   * primary or the slots again, loads the scripts again; or just pauses, longer each time. When it
   * returns, nothing that was sent before will be done any more, and the caller sends everything
   * unanswered again, in order. It may fail again, for the same reason or another: then call this
   * with what is left of the patience.
   *
   * @throws IOException with table, place, fact and remedy, if a failure is not {@linkplain
   *     PipelineFailure#isRetriable() retriable}, or the patience is over
   */
  public void recover(Collection<PipelineFailure> failures, Duration patience)
      throws IOException, InterruptedException {
    new Recovery(target, connections, failures, patience).run(pauses);
  }

  /** How many servers are written to. */
  public int nodes() {
    return connections.nodes();
  }

  /** Does not wait for answers. */
  @Override
  public void close() {
    client.close();
  }
}
