package io.headrace.flink.redis.server;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How tests look at servers: through plain Lettuce, as a reader of features does. */
final class TestClient implements AutoCloseable {

  private static final Duration RECONNECT = Duration.ofMillis(20);

  private final Settings settings;
  private final ClientResources resources =
      ClientResources.builder().reconnectDelay(Delay.constant(RECONNECT)).build();
  private final RedisClient client = RedisClient.create(resources);
  private final Map<Integer, StatefulRedisConnection<String, String>> connections =
      new ConcurrentHashMap<>();

  TestClient(Settings settings) {
    this.settings = settings;
    client.setOptions(settings.clientOptions());
  }

  RedisCommands<String, String> commands(int port) {
    return connections
        .computeIfAbsent(
            port,
            it -> {
              RedisURI uri = settings.uri(it);
              return client.connect(uri);
            })
        .sync();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
