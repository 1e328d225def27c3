package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
  private final byte[] key;
  @Nullable private TimestampData covered;

  HighWaterMark(SinkSettings settings, NewerWins newerWins, RedisPipeline pipeline) {
    this.newerWins = newerWins;
    this.requests = new Requests(settings, pipeline);
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
    Object stored = ask(PipelineCommand.onKey("GET", key));
    if (stored == null) {
      raise(otherwise);
      return otherwise;
    }
    covered = newerWins.time((byte[]) stored);
    return covered;
  }

  /** Makes sure that the mark is not below the time, before a row of that time is written. */
  void cover(TimestampData time) throws IOException, InterruptedException {
    if (covered == null || time.compareTo(covered) > 0) {
      raise(TimestampData.fromEpochMillis(time.getMillisecond() + AHEAD.toMillis()));
    }
  }

  private void raise(TimestampData time) throws IOException, InterruptedException {
    ask(
        PipelineCommand.of(
            "EVALSHA",
            key,
            newerWins.raiseScript().sha1().getBytes(US_ASCII),
            new byte[] {'1'},
            key,
            newerWins.text(time)));
    covered = time;
  }

  @Nullable
  private Object ask(PipelineCommand command) throws IOException, InterruptedException {
    return requests.ask(List.of(command.keepingReply())).reply(0);
  }
}
