package io.headrace.flink.redis.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.value.ValueFormat;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What one would write by hand without Flink: HSET and PEXPIRE for each row, flushed together, as
 * many rows and flushes at a time as the sink has. The values become bytes by the connector's own
 * formats, so that this does not lose for Java's slower ones.
 */
final class LettuceLoop {

  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] SCORE = "score".getBytes(US_ASCII);
  private static final byte[] COMMENTS = "comments".getBytes(US_ASCII);
  private static final byte[] SEEN = "seen".getBytes(US_ASCII);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ValueFormat scores = format(1);
  private final ValueFormat comments = format(2);
  private final ValueFormat times = format(3);
  private final Deque<RedisFuture<?>[]> inFlight = new ArrayDeque<>();

  private final long firstMillis;

  private LettuceLoop(long firstMillis) {
    this.firstMillis = firstMillis;
  }

  private static ValueFormat format(int column) {
    LogicalType type = BenchTable.ROW_TYPE.getTypeAt(column);
    return ValueFormat.of(type);
  }

  static Measured run(Run run) {
    RedisClient client = RedisClient.create(RedisURI.create(run.url()));
    try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      connection.setAutoFlushCommands(false);
      Measured measured = new Measured();
      LettuceLoop loop = new LettuceLoop(run.firstMillis());
      loop.write(connection, 0, run.warm());
      measured.start();
      loop.write(connection, run.warm(), run.rows());
      measured.stop(run.rows() - run.warm());
      return measured;
    } finally {
      client.shutdown();
    }
  }

  private void write(StatefulRedisConnection<byte[], byte[]> connection, long from, long to) {
    List<RedisFuture<?>> futures = new ArrayList<>(2 * BenchTable.FLUSH_ROWS);
    for (long number = from; number < to; number++) {
      write(connection.async(), number, futures);
      if (futures.size() == 2 * BenchTable.FLUSH_ROWS || number == to - 1) {
        if (inFlight.size() == BenchTable.MAX_IN_FLIGHT) {
          awaitOldest();
        }
        connection.flushCommands();
        inFlight.add(futures.toArray(new RedisFuture<?>[0]));
        futures.clear();
      }
    }
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
  }

  private void write(
      RedisAsyncCommands<byte[], byte[]> redis, long number, List<RedisFuture<?>> futures) {
    StringData id = BenchTable.id(number);
    byte[] key = ("item:" + id).getBytes(US_ASCII);
    Map<byte[], byte[]> fields = new LinkedHashMap<>();
    fields.put(ID, id.toBytes());
    fields.put(SCORE, scores.bytes(BenchTable.score(number)));
    fields.put(COMMENTS, comments.bytes(number));
    fields.put(SEEN, times.bytes(BenchTable.time(number, firstMillis)));
    futures.add(redis.hset(key, fields));
    futures.add(redis.pexpire(key, BenchTable.TTL_MILLIS));
  }

  private void awaitOldest() {
    RedisFuture<?>[] oldest = inFlight.remove();
    if (!LettuceFutures.awaitAll(TIMEOUT, oldest)) {
      throw new IllegalStateException("Redis has not answered within " + TIMEOUT);
    }
  }
}
