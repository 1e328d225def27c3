package io.headrace.flink.redis.server;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real redis-server for a test class: on a free port, empty before each test. The tests look at
 * it through a plain Lettuce client, as a reader of features does.
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final Settings settings;
  private final RedisServer primary;
  private final RedisProcess process;
  private TestClient client;

  /** Without files, passwords or TLS. */
  public RedisServer() {
    this(builder());
  }

  private RedisServer(Builder builder) {
    settings = builder.settings;
    primary = builder.primary;
    if (!builder.appendOnly) {
      settings.add("--appendonly", "no");
    }
    process = new RedisProcess(settings.arguments(), "Ready to accept connections");
  }

  public static Builder builder() {
    return new Builder();
  }

  /** What sets a server apart from the plain one. */
  public static final class Builder {

    private final Settings settings = new Settings();
    private boolean appendOnly;
    private RedisServer primary;

    private Builder() {
      settings.add("--save", "");
    }

    /** Every answered write is on the disk: {@link #kill()} and {@link #start()} lose none. */
    public Builder appendOnly() {
      appendOnly = true;
      settings.add("--appendonly", "yes", "--appendfsync", "always");
      return this;
    }

    /** The default user's. */
    public Builder password(String password) {
      settings.password(password);
      return this;
    }

    /**
     * @param rules as ACL SETUSER takes them, for example {@code on >secret ~item:* +@all}
     */
    public Builder user(String name, String rules) {
      settings.add("--user", name);
      settings.add(rules.split(" "));
      return this;
    }

    /** TLS only, with the server's certificate for this machine. */
    public Builder tls(TestCertificates certificates) {
      settings.tls(certificates, certificates.server(), false);
      return this;
    }

    /** TLS only, with the given one of the certificates. */
    public Builder tls(TestCertificates certificates, Path certificate) {
      settings.tls(certificates, certificate, false);
      return this;
    }

    /** TLS only, and clients need a certificate too. */
    public Builder mutualTls(TestCertificates certificates) {
      settings.tls(certificates, certificates.server(), true);
      return this;
    }

    /** A server that has to be started before; register it first, with {@code @Order}. */
    public Builder replicaOf(RedisServer other) {
      primary = other;
      settings.add("--replicaof", "127.0.0.1", "" + other.port());
      return this;
    }

    /**
     * @param size as in redis.conf, for example {@code 2mb}
     */
    public Builder maxMemory(String size) {
      settings.add("--maxmemory", size);
      return this;
    }

    /** Any other argument of redis-server. */
    public Builder argument(String name, String... values) {
      settings.add(name);
      settings.add(values);
      return this;
    }

    public RedisServer build() {
      return new RedisServer(this);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
    client = new TestClient(settings);
    if (primary != null) {
      awaitReplication();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (primary == null) {
      commands().flushall();
    }
    commands().configResetstat();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    client.close();
    process.delete();
  }

  /** Without credentials, as the option of a table has it. */
  public String url() {
    return settings.scheme() + "://127.0.0.1:" + port() + "/0";
  }

  public int port() {
    return process.port();
  }

  public RedisCommands<String, String> commands() {
    return client.commands(port());
  }

  /** How many connections call themselves so. */
  public long clients(String name) {
    return commands()
        .clientList()
        .lines()
        .filter(line -> line.contains(" name=" + name + " "))
        .count();
  }

  /**
   * Commands are held back, not answered.
   *
   * @param commands WRITE or ALL
   */
  public void pause(long millis, String commands) {
    client("PAUSE", "" + millis, commands);
  }

  /** Writes are held back, not answered, until {@link #unpause}. */
  public void pauseWrites() {
    pause(60_000, "WRITE");
  }

  public void unpause() {
    client("UNPAUSE");
  }

  /**
   * Makes a replica of this server its primary, without loss, and returns when they have changed
   * their roles.
   */
  public void failOverTo(RedisServer replica) {
    CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
    List.of("TO", "127.0.0.1", "" + replica.port(), "TIMEOUT", "5000").forEach(args::add);
    commands().dispatch(Failover.FAILOVER, new StatusOutput<>(StringCodec.UTF8), args);
    await(() -> commands().info("replication").contains("role:slave"));
    replica.await(() -> replica.commands().info("replication").contains("role:master"));
    await(() -> commands().info("replication").contains("master_link_status:up"));
  }

  /** Lettuce does not know the command. */
  private enum Failover implements ProtocolKeyword {
    FAILOVER;

    @Override
    public byte[] getBytes() {
      return name().getBytes(StandardCharsets.US_ASCII);
    }
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

  /** From here on the user logs in with this password alone; connections stay. */
  public void setPassword(String user, String password) {
    commands().aclSetuser(user, AclSetuserArgs.Builder.resetpass().addPassword(password));
  }

  /** How often somebody came with a wrong password since the test began. */
  public long wrongPasswords() {
    return commands()
        .info("errorstats")
        .lines()
        .filter(line -> line.startsWith("errorstat_WRONGPASS:count="))
        .mapToLong(line -> Long.parseLong(line.split("=")[1]))
        .sum();
  }

  /** Returns when a paused server holds back the command of a client. */
  public void awaitBlockedClient() {
    await(() -> !commands().info("clients").contains("blocked_clients:0"));
  }

  /** Returns when this replica has all that its primary has. */
  public void awaitReplication() {
    await(() -> commands().info("replication").contains("master_link_status:up"));
    await(() -> offset(primary, "master_repl_offset") <= offset(this, "slave_repl_offset"));
  }

  private static long offset(RedisServer server, String name) {
    return Long.parseLong(Info.field(server.commands().info("replication"), name));
  }

  /** Asks again and again, until it is so. */
  public void await(BooleanSupplier condition) {
    Await.until("what the test waits for", condition::getAsBoolean);
  }

  /** Returns when the server says that it is ready. */
  public void start() throws IOException {
    process.start(settings.listen(port()));
  }

  /** As an operator stops it; it starts again on the same port. */
  public void stop() {
    process.stop();
  }

  /** It neither reads nor answers, although the system keeps connections open and takes bytes. */
  public void freeze() throws IOException {
    process.signal("STOP");
  }

  /** After {@link #freeze()}: goes on with what has come in the meantime. */
  public void thaw() throws IOException {
    process.signal("CONT");
  }

  /** As kill -9 does; it starts again on the same port and folder. */
  public void kill() {
    process.kill();
  }
}
