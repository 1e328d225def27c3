package io.headrace.flink.redis.server;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sentinels as tests need them: quick to see what happens, and to act. */
final class SentinelConfiguration {

  private static final Duration DOWN_AFTER = Duration.ofMillis(700);
  private static final Duration FAILOVER_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration QUICK = Duration.ofMillis(200);

  private SentinelConfiguration() {}

  /**
   * Lines of sentinel.conf.
   *
   * @param quorum how many have to agree that the primary is dead
   */
  static List<String> lines(
      Settings sentinel, int sentinelPort, Settings servers, int primaryPort, int quorum) {
    String name = RedisSentinel.MASTER_NAME;
    List<String> lines = new ArrayList<>();
    lines.addAll(Settings.lines(sentinel.arguments()));
    lines.addAll(Settings.lines(sentinel.listen(sentinelPort)));
    lines.add("sentinel monitor %s 127.0.0.1 %d %d".formatted(name, primaryPort, quorum));
    lines.add("sentinel down-after-milliseconds " + name + " " + DOWN_AFTER.toMillis());
    lines.add("sentinel failover-timeout " + name + " " + FAILOVER_TIMEOUT.toMillis());
    if (servers.password() != null) {
      lines.add("sentinel auth-pass " + name + " " + servers.password());
    }
    if (sentinel.password() != null) {
      lines.add("sentinel sentinel-pass " + sentinel.password());
    }
    return lines;
  }

  /** Else they learn what has become of a server up to ten seconds later. */
  static void quicken(StatefulRedisSentinelConnection<String, String> sentinel) {
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8).add("DEBUG");
    for (String period : List.of("info-period", "publish-period", "ping-period")) {
      arguments.add(period).add(QUICK.toMillis());
    }
    sentinel.sync().dispatch(CommandType.SENTINEL, new StatusOutput<>(StringCodec.UTF8), arguments);
  }
}
