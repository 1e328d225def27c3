package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.structure.RowEncoders;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that are appended at once are all there, whatever fails. */
@Timeout(60)
class AppendAtLeastOnceTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @Test
  void noRowIsLostWhenRedisDoesNotAnswerInTime() throws Exception {
    SinkSettings settings =
        AppendTable.list(REDIS.url())
            .with(SinkOptions.DELIVERY_GUARANTEE, DeliveryGuarantee.AT_LEAST_ONCE)
            .with(ConnectionOptions.COMMAND_TIMEOUT, Duration.ofMillis(200))
            .sinkSettings();
    RedisWriter writer =
        new RedisWriter(
            settings,
            RowEncoders.of(settings.layout(), null, null),
            RedisPipeline.open(settings.target(), List.of()),
            new ManualTimers(),
            new WriterMetrics(
                InternalSinkWriterMetricGroup.wrap(
                    UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup())),
            new DirectCommands(settings, false),
            null);
    try {
      long connections = connections();
      REDIS.pauseWrites();
      for (int i = 0; i < 10; i++) {
        writer.write(AppendTable.row("a", Integer.toString(i), null), null);
      }
      Thread unpause =
          new Thread(
              () -> {
                REDIS.await(() -> connections() > connections);
                REDIS.unpause();
              });
      unpause.start();
      writer.flush(false);
      unpause.join();

      assertThat(REDIS.commands().lrange("log:a", 0, -1))
          .containsAll(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    } finally {
      writer.close();
    }
  }

  private static long connections() {
    return REDIS
        .commands()
        .info("stats")
        .lines()
        .filter(line -> line.startsWith("total_connections_received:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }
}
