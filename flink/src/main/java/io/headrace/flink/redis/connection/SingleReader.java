package io.headrace.flink.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads from one server, or from the primary that the Sentinels name. */
final class SingleReader extends RedisReader {

  private static final String PRIMARY = "primary";

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private StatefulRedisConnection<byte[], byte[]> connection;

  SingleReader(RedisTarget target) {
    RedisAddress address = target.address();
    uri =
        address.topology() == Topology.SENTINEL
            ? LettuceSettings.primary(target, target.connectTimeout())
            : LettuceSettings.server(target, address.nodes().get(0), target.connectTimeout());
    ClientOptions options =
        LettuceSettings.apply(target, ClientOptions.builder())
            .timeoutOptions(TimeoutOptions.enabled(target.commandTimeout()))
            .build();
    resources = LettuceSettings.resources().build();
    client = RedisClient.create(resources);
    client.setOptions(options);
  }

  @Override
  void connect() {
    connection = client.connect(ByteArrayCodec.INSTANCE, uri);
    connection.sync().ping();
  }

  @Override
  public RedisClusterAsyncCommands<byte[], byte[]> async() {
    return connection.async();
  }

  @Override
  public List<String> primaries() {
    return List.of(PRIMARY);
  }

  @Override
  public CompletionStage<KeyScanCursor<byte[]>> scan(
      String primary, ScanCursor cursor, ScanArgs arguments) {
    return connection.async().scan(cursor, arguments);
  }

  @Override
  public void close() {
    LettuceSettings.shutDown(client, resources);
  }
}
