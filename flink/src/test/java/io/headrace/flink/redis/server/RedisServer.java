package io.headrace.flink.redis.server;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real redis-server for a test class: on a free port, without files, empty before each test. The
 * tests look at it through a plain Lettuce client, as a reader of features does.
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final int port = freePort();
  private Process process;
  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
    client = RedisClient.create(url());
    connection = client.connect();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    commands().flushall();
    commands().configResetstat();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    stop();
  }

  public String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  public int port() {
    return port;
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  /** Writes are held back, not answered, until {@link #unpause}. */
  public void pauseWrites() {
    client("PAUSE", "60000", "WRITE");
  }

  public void unpause() {
    client("UNPAUSE");
  }

  /** All but the connection that the tests look through. */
  public void killOtherClients() {
    commands().clientKill(KillArgs.Builder.typeNormal().skipme());
  }

  private void client(String... arguments) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    List.of(arguments).forEach(args::add);
    commands().dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), args);
  }

  /** Returns when a paused server holds back the command of a client. */
  public void awaitBlockedClient() {
    await(() -> !commands().info("clients").contains("blocked_clients:0"));
  }

  /** Asks again and again; the test's own timeout ends what never comes true. */
  public void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Returns when the server says that it is ready. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-server", "--port", "" + port));
    command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
    Path folder = Files.createTempDirectory("headrace-redis");
    folder.toFile().deleteOnExit();
    process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    // Not closed: the server would die of a broken pipe at its next line.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains("Ready to accept connections")) {
        return;
      }
      seen.append(line).append('\n');
    }
    throw new IOException("redis-server did not start:\n" + seen);
  }

  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
