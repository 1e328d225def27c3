package io.headrace.flink.redis;

import io.headrace.flink.redis.connection.RedisAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One pipelined connection to Redis, with threads of its own that end with it.
 *
 * <p>Lettuce could connect again by itself, but not in a way that keeps the order of commands which
 * are flushed by hand. So a lost connection fails what it has not answered, and the writer asks for
 * a new one and sends all of it again, in order.
 */
final class RedisConnection implements AutoCloseable {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);

  private final RedisSinkConfig config;
  private final ClientResources resources;
  private final RedisClient client;
  private StatefulRedisConnection<byte[], byte[]> connection;

  /** Connects, logs in and sees that the server answers. */
  static RedisConnection open(RedisSinkConfig config) throws IOException {
    RedisConnection connection = new RedisConnection(config, uri(config));
    try {
      connection.connect();
      return connection;
    } catch (RedisException e) {
      connection.close();
      throw RedisErrors.unreachable(config, e);
    }
  }

  private RedisConnection(RedisSinkConfig config, RedisURI uri) {
    this.config = config;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .build();
    this.client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .protocolVersion(ProtocolVersion.RESP2)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(config.connectTimeout())
                    .keepAlive(true)
                    .build())
            .build());
  }

  private static RedisURI uri(RedisSinkConfig config) throws IOException {
    RedisAddress address = config.address();
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(address.host())
            .withPort(address.port())
            .withSsl(address.tls())
            .withDatabase(address.database())
            .withTimeout(config.commandTimeout());
    if (config.passwordFile() != null) {
      char[] password = password(config);
      if (config.username() == null) {
        uri.withPassword(password);
      } else {
        uri.withAuthentication(config.username(), password);
      }
    }
    return uri.build();
  }

  private static char[] password(RedisSinkConfig config) throws IOException {
    try {
      return Files.readString(Path.of(config.passwordFile()))
          .replaceFirst("\\R$", "")
          .toCharArray();
    } catch (IOException e) {
      throw RedisErrors.noPassword(config, e);
    }
  }

  private void connect() {
    connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.sync().ping();
    connection.setAutoFlushCommands(false);
  }

  /**
   * Replaces a connection that was lost, trying for the given time.
   *
   * @throws IOException if that did not succeed
   */
  void reconnect(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      connection.closeAsync();
      try {
        connect();
        return;
      } catch (RedisException e) {
        if (System.nanoTime() + RECONNECT_PAUSE.toNanos() > deadline) {
          throw RedisErrors.unreachable(config, e);
        }
        Thread.sleep(RECONNECT_PAUSE.toMillis());
      }
    }
  }

  /** Sends the changes in one go, without waiting for the answers. */
  List<RedisReply> send(Collection<RowChange> changes) {
    RedisAsyncCommands<byte[], byte[]> commands = connection.async();
    List<RedisReply> replies = new ArrayList<>(changes.size() * 2);
    for (RowChange change : changes) {
      byte[] key = change.keyBytes();
      if (change.isDelete()) {
        replies.add(new RedisReply(change.key(), "UNLINK", commands.unlink(key)));
      } else if (change.nulls().length == 0) {
        set(commands, change, key, replies);
      } else {
        // Two commands on the fields: as a transaction, so that nobody reads half a row.
        replies.add(new RedisReply(change.key(), "MULTI", commands.multi()));
        set(commands, change, key, replies);
        replies.add(new RedisReply(change.key(), "EXEC", commands.exec()));
      }
    }
    connection.flushCommands();
    return replies;
  }

  private void set(
      RedisAsyncCommands<byte[], byte[]> commands,
      RowChange change,
      byte[] key,
      List<RedisReply> replies) {
    replies.add(new RedisReply(change.key(), "HSET", commands.hset(key, change.fields())));
    if (change.nulls().length > 0) {
      replies.add(new RedisReply(change.key(), "HDEL", commands.hdel(key, change.nulls())));
    }
    if (config.ttl() != null) {
      replies.add(
          new RedisReply(change.key(), "PEXPIRE", commands.pexpire(key, config.ttl().toMillis())));
    }
  }

  @Override
  public void close() {
    try {
      client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
    } finally {
      resources
          .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT.toMillis());
    }
  }
}
