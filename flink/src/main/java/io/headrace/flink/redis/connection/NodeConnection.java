package io.headrace.flink.redis.connection;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/** The pipeline's connection to one server. */
final class NodeConnection {

  /** A line of CLIENT LIST. */
  private static final Pattern CLIENT = Pattern.compile("^id=(\\d+) .*? name=(\\S*) ");

  private final NodeAddress address;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Channel channel;
  private final ReplyErrors replyErrors = new ReplyErrors();
  private Long clientId;
  private volatile boolean distrusted;

  private NodeConnection(
      NodeAddress address, StatefulRedisConnection<byte[], byte[]> connection, Channel channel) {
    this.address = address;
    this.connection = connection;
    this.channel = channel;
  }

  /**
   * Connects, logs in and sees that the server answers.
   *
   * @param predecessor a connection to the same server that was given up. What it sent and Redis
   *     has not read yet must never be done, as it would be done after newer commands
   * @throws RedisException if it does not succeed
   */
  static NodeConnection open(
      NodeClient client, NodeAddress address, @Nullable Long predecessor, Duration timeout)
      throws InterruptedException {
    var connection = client.connect(address, timeout);
    try {
      NodeConnection node = new NodeConnection(address, connection, client.channel(connection));
      node.begin(predecessor, timeout);
      return node;
    } catch (RedisException | InterruptedException e) {
      connection.closeAsync();
      throw e;
    }
  }

  private void begin(@Nullable Long predecessor, Duration timeout) throws InterruptedException {
    NodeClient.await(commands().ping(), timeout);
    clientId = ifAllowed(commands().clientId(), timeout);
    if (predecessor != null) {
      ifAllowed(commands().clientKill(KillArgs.Builder.id(predecessor)), timeout);
    }
  }

  /** Null if the user may not ask this. */
  @Nullable
  private static <T> T ifAllowed(CompletionStage<T> asked, Duration timeout)
      throws InterruptedException {
    try {
      return NodeClient.await(asked, timeout);
    } catch (RedisCommandExecutionException e) {
      return null;
    }
  }

  NodeAddress address() {
    return address;
  }

  /** Lettuce's own commands, for all but the pipeline's. */
  RedisAsyncCommands<byte[], byte[]> commands() {
    return connection.async();
  }

  ReplyErrors replyErrors() {
    return replyErrors;
  }

  /** How Redis calls this connection; null if it does not tell. */
  @Nullable
  Long clientId() {
    return clientId;
  }

  /** Closes the other connections of that name, without doing what they have sent. */
  void killNamesakes(String name, Duration timeout) throws InterruptedException {
    String clients = ifAllowed(commands().clientList(), timeout);
    if (clients == null) {
      return;
    }
    for (String client : clients.split("\n")) {
      Matcher match = CLIENT.matcher(client);
      if (match.find() && match.group(2).equals(name)) {
        long id = Long.parseLong(match.group(1));
        if (!Long.valueOf(id).equals(clientId)) {
          ifAllowed(commands().clientKill(KillArgs.Builder.id(id)), timeout);
        }
      }
    }
  }

  /** False if it is known not to be the primary; who may not ask believes it. */
  boolean isPrimary(Duration timeout) throws InterruptedException {
    List<Object> role = ifAllowed(commands().role(), timeout);
    return role == null
        || new String((byte[]) role.get(0), StandardCharsets.US_ASCII).equals("master");
  }

  void load(List<RedisScript> scripts, Duration timeout) throws InterruptedException {
    for (RedisScript script : scripts) {
      NodeClient.await(
          commands().scriptLoad(script.lua().getBytes(StandardCharsets.UTF_8)), timeout);
    }
  }

  /**
   * Writes the batch as one message. Not through Lettuce's connection, which writes command by
   * command and looks at each.
   */
  void write(NodeBatch batch) {
    try {
      channel
          .eventLoop()
          .execute(
              () -> {
                // From here on, whatever happens to the channel, Lettuce completes the commands.
                if (channel.isActive()) {
                  channel.writeAndFlush(batch.commands(), channel.voidPromise());
                } else {
                  lose(batch);
                }
              });
    } catch (RejectedExecutionException e) {
      lose(batch);
    }
  }

  private static void lose(NodeBatch batch) {
    batch.commands().forEach(SentCommand::cancel);
  }

  /** To be replaced, although it is not closed: it has not answered in time, or not well. */
  void distrust() {
    distrusted = true;
  }

  boolean isUsable() {
    return !distrusted && channel.isActive();
  }

  /** Does not wait. */
  void close() {
    connection.closeAsync();
  }
}
