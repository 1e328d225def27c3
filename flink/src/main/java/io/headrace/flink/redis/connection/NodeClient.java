package io.headrace.flink.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.Endpoint;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the connections of one pipeline, with threads that end with it. They do not connect again
 * by themselves: Lettuce could, but not in a way that keeps the order of what is sent.
 */
final class NodeClient implements AutoCloseable {

  private final RedisTarget target;
  private final String clientName;
  private final ClientResources resources;
  private final RedisClient client;

  /** The channels of open connections: the pipeline writes to them directly. */
  private final Map<Endpoint, Channel> channels = new ConcurrentHashMap<>();

  /**
   * @param clientName what CLIENT LIST shows
   */
  NodeClient(RedisTarget target, String clientName) {
    this.target = target;
    this.clientName = clientName;
    ClientOptions options =
        LettuceSettings.apply(target, ClientOptions.builder())
            .autoReconnect(false)
            // Whoever waits for something here has a limit of its own.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build();
    this.resources =
        LettuceSettings.resources()
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    remember(channel);
                  }
                })
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(options);
  }

  private void remember(Channel channel) {
    Endpoint endpoint = channel.pipeline().get(CommandHandler.class).getEndpoint();
    channels.put(endpoint, channel);
    channel.closeFuture().addListener(closed -> channels.remove(endpoint));
  }

  RedisTarget target() {
    return target;
  }

  /** Connects and logs in. */
  StatefulRedisConnection<byte[], byte[]> connect(NodeAddress node, Duration timeout)
      throws InterruptedException {
    try {
      return connectOnce(node, timeout);
    } catch (RedisException e) {
      if (!isLostInHandshake(e)) {
        throw e;
      }
      return connectOnce(node, timeout);
    }
  }

  /** Where a login is refused very fast, Lettuce may tell this in place of Redis' own words. */
  private static boolean isLostInHandshake(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).contains("RedisHandshakeHandler not registered");
  }

  private StatefulRedisConnection<byte[], byte[]> connectOnce(NodeAddress node, Duration timeout)
      throws InterruptedException {
    RedisURI uri = LettuceSettings.server(target, node, timeout);
    uri.setClientName(clientName);
    var connecting = client.connectAsync(ByteArrayCodec.INSTANCE, uri);
    try {
      return await(connecting, timeout);
    } catch (RedisException | InterruptedException e) {
      // It may still come; nobody waits for it any more.
      connecting.thenAccept(StatefulRedisConnection::closeAsync);
      throw e;
    }
  }

  /** The channel of a connection that was just made. */
  Channel channel(StatefulRedisConnection<byte[], byte[]> connection) {
    Object endpoint = ((StatefulRedisConnectionImpl<?, ?>) connection).getChannelWriter();
    Channel channel = channels.get(endpoint);
    if (channel == null) {
      throw new RedisConnectionException("Connection closed as soon as it was made");
    }
    return channel;
  }

  /** Asks one Sentinel where the primary is. */
  NodeAddress askSentinel(NodeAddress sentinel, Duration timeout) throws InterruptedException {
    String name = target.address().masterName();
    RedisURI uri = LettuceSettings.sentinel(target, sentinel, timeout);
    StatefulRedisSentinelConnection<String, String> connection =
        await(client.connectSentinelAsync(StringCodec.UTF8, uri), timeout);
    try {
      Object address = await(connection.async().getMasterAddrByName(name), timeout);
      if (address instanceof InetSocketAddress found) {
        return new NodeAddress(found.getHostString(), found.getPort());
      }
      throw new RedisException("The Sentinel at " + sentinel + " knows no master '" + name + "'");
    } finally {
      connection.closeAsync();
    }
  }

  /**
   * Waits for what Lettuce was asked.
   *
   * @throws RedisException what Redis refused, or Lettuce did not manage
   */
  static <T> T await(CompletionStage<T> asked, Duration timeout) throws InterruptedException {
    Future<T> future = asked.toCompletableFuture();
    try {
      return future.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new RedisCommandTimeoutException("No answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RedisException known ? known : new RedisException(e.getCause());
    }
  }

  @Override
  public void close() {
    LettuceSettings.shutDown(client, resources);
  }
}
