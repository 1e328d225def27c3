package io.headrace.flink.redis.connection;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads from Redis, for any number of threads. It connects again by itself, asks the Sentinels for
 * the primary again and follows a cluster's slots. A command that is not answered within the
 * command timeout completes with an error; {@link RedisErrors#failed(RedisTarget, String, String,
 * Throwable)} puts it into words.
 */
public abstract sealed class RedisReader implements AutoCloseable
    permits SingleReader, ClusterReader {

  /**
   * Connects, logs in and sees that the servers answer.
   *
   * @throws IOException if that does not succeed, with table, place, fact and remedy
   */
  public static RedisReader open(RedisTarget target) throws IOException {
    RedisReader reader = null;
    try {
      reader =
          target.address().topology() == Topology.CLUSTER
              ? new ClusterReader(target)
              : new SingleReader(target);
      reader.connect();
      return reader;
    } catch (RuntimeException e) {
      if (reader != null) {
        reader.close();
      }
      throw RedisErrors.unreachable(target, e);
    }
  }

  /**
   * @throws RedisException if it does not succeed
   */
  abstract void connect();

  /** Lettuce's commands; in a cluster each goes to the node of its key. */
  public abstract RedisClusterAsyncCommands<byte[], byte[]> async();

  /**
   * Names of the servers that hold the keys between them, for {@link #scan}: the nodes of a cluster
   * that have slots now, or one.
   */
  public abstract List<String> primaries();

  /**
   * SCAN on one of the {@link #primaries}.
   *
   * @param cursor {@link ScanCursor#INITIAL}, then what the answer before held
   */
  public abstract CompletionStage<KeyScanCursor<byte[]>> scan(
      String primary, ScanCursor cursor, ScanArgs arguments);

  @Override
  public abstract void close();
}
