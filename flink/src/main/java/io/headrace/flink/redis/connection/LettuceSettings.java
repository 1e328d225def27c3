package io.headrace.flink.redis.connection;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;

/** A target in Lettuce's terms. */
final class LettuceSettings {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  /** Finds within a minute that the other side is gone, or that the way to it is. */
  private static final KeepAliveOptions KEEP_ALIVE =
      KeepAliveOptions.builder()
          .enable()
          .idle(Duration.ofSeconds(30))
          .interval(Duration.ofSeconds(10))
          .count(3)
          .build();

  private LettuceSettings() {}

  /** Threads that belong to one client alone, and end with it. */
  static DefaultClientResources.Builder resources() {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(2)
        .computationThreadPoolSize(2)
        // Names by the JVM. Netty's own resolver is one for the process, but a lookup belongs to
        // the client that asks: one that ends meanwhile leaves it without an answer, and every
        // later client would wait for that answer for ever.
        .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled());
  }

  static <B extends ClientOptions.Builder> B apply(RedisTarget target, B options) {
    options
        .protocolVersion(ProtocolVersion.RESP2)
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(target.connectTimeout())
                .keepAlive(KEEP_ALIVE)
                .build());
    if (target.address().tls()) {
      options.sslOptions(TlsFiles.options(target));
    }
    return options;
  }

  /**
   * One server that keeps data.
   *
   * @param timeout for logging in, and for what is asked through Lettuce's own commands
   */
  static RedisURI server(RedisTarget target, NodeAddress node, Duration timeout) {
    return withCredentials(target, target.credentials(), base(target, timeout))
        .withHost(node.host())
        .withPort(node.port())
        .withDatabase(target.address().database())
        .build();
  }

  /** One Sentinel. */
  static RedisURI sentinel(RedisTarget target, NodeAddress node, Duration timeout) {
    return withCredentials(target, target.sentinelCredentials(), base(target, timeout))
        .withHost(node.host())
        .withPort(node.port())
        .build();
  }

  /** The server that the Sentinels name as the primary, each time that Lettuce connects. */
  static RedisURI primary(RedisTarget target, Duration timeout) {
    RedisAddress address = target.address();
    RedisURI.Builder uri =
        withCredentials(target, target.credentials(), base(target, timeout))
            .withDatabase(address.database())
            .withSentinelMasterId(address.masterName());
    address.nodes().forEach(node -> uri.withSentinel(sentinel(target, node, timeout)));
    return uri.build();
  }

  private static RedisURI.Builder base(RedisTarget target, Duration timeout) {
    return RedisURI.builder()
        .withSsl(target.address().tls())
        .withVerifyPeer(target.tls().verifyHostname() ? SslVerifyMode.FULL : SslVerifyMode.CA)
        .withTimeout(timeout)
        .withClientName(target.clientName());
  }

  private static RedisURI.Builder withCredentials(
      RedisTarget target, @Nullable Credentials credentials, RedisURI.Builder uri) {
    if (credentials != null && !credentials.isNone()) {
      ImmediateRedisCredentialsProvider provider = () -> read(target.table(), credentials);
      uri.withAuthentication(provider);
    }
    return uri;
  }

  private static RedisCredentials read(String table, Credentials credentials) {
    try {
      return RedisCredentials.just(credentials.username(), password(table, credentials));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static char[] password(String table, Credentials credentials) throws IOException {
    if (credentials.passwordFile() != null) {
      try {
        return Files.readString(Path.of(credentials.passwordFile()))
            .replaceFirst("\\R$", "")
            .toCharArray();
      } catch (IOException e) {
        throw RedisErrors.unreadable(table, "password-file", credentials.passwordFile(), e);
      }
    }
    if (credentials.passwordEnvironmentVariable() != null) {
      String password = System.getenv(credentials.passwordEnvironmentVariable());
      if (password == null) {
        throw RedisErrors.noPasswordVariable(table, credentials);
      }
      return password.toCharArray();
    }
    return new char[0];
  }

  /** Ends a client and its threads. */
  static void shutDown(AbstractRedisClient client, ClientResources resources) {
    try {
      client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
    } finally {
      resources
          .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT.toMillis());
    }
  }
}
