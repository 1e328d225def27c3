package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.NewerWins;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.TimestampData;

/**
 * A time in Redis, one for each table, that no row in the table is later than. It is raised before
 * a later row is written, a little ahead, so that this happens about once a second. After a restart
 * it says which rows may be older than what Redis holds.
 */
final class HighWaterMark {

  private static final String PREFIX = "headrace:high-water:";
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private final NewerWins newerWins;
  private final Requests requests;
  private final SinkSettings settings;
  private final byte[] key;
  @Nullable private TimestampData covered;

  HighWaterMark(
      SinkSettings settings, NewerWins newerWins, RedisPipeline pipeline, WriterMetrics metrics) {
    this.newerWins = newerWins;
    this.settings = settings;
    this.requests = new Requests(settings, pipeline, metrics::repeated);
    this.key = (PREFIX + settings.layout().key()).getBytes(UTF_8);
  }

  /**
   * Reads the mark.
   *
   * @param otherwise where there is none: what rows that were written without one are not later
   *     than
   * @return the time up to which Redis may hold later rows than those that come
   */
  TimestampData open(TimestampData otherwise) throws IOException, InterruptedException {
    Object stored = ask(PipelineCommand.onKey("GET", key), settings.retryTimeout());
    if (stored == null) {
      raise(otherwise, settings.retryTimeout());
      return otherwise;
    }
    covered = newerWins.time((byte[]) stored);
    return covered;
  }

  /** Makes sure that the mark is not below the time, before a row of that time is written. */
  void cover(TimestampData time) throws IOException, InterruptedException {
    if (covered == null || time.compareTo(covered) > 0) {
      raise(
          TimestampData.fromEpochMillis(time.getMillisecond() + AHEAD.toMillis()),
          settings.retryTimeout());
    }
  }

  /** Makes sure that Redis has not lost the mark, as it may in a failover. */
  void raiseAgain(Duration patience) throws IOException, InterruptedException {
    if (covered != null) {
      raise(covered, patience);
    }
  }

  private void raise(TimestampData time, Duration patience)
      throws IOException, InterruptedException {
    ask(PipelineCommand.script(newerWins.raiseScript(), key, newerWins.text(time)), patience);
    covered = time;
  }

  @Nullable
  private Object ask(PipelineCommand command, Duration patience)
      throws IOException, InterruptedException {
    return requests.ask(List.of(command.keepingReply()), patience).reply(0);
  }
}
