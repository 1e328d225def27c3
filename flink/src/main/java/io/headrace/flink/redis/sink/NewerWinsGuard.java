package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.structure.NewerWins;
import io.headrace.flink.redis.structure.RowChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.TimestampData;

/**
 * Decides for each row whether Redis has to compare its time, which costs about half the speed.
 *
 * <p>Redis can hold a later row than the one that comes for two reasons. The job was restored and
 * repeats rows: then the row's time is not above the mark that was in Redis at the start. Or rows
 * of a key come out of order. In all other cases the row is written as it is.
 */
final class NewerWinsGuard {

  private final boolean always;
  @Nullable private final HighWaterMark mark;
  @Nullable private final TimestampData markAtStart;
  private final LatestTimes latest = new LatestTimes();

  static NewerWinsGuard open(
      SinkSettings settings,
      NewerWins newerWins,
      boolean always,
      RedisPipeline pipeline,
      WriterMetrics metrics)
      throws IOException, InterruptedException {
    if (always) {
      return new NewerWinsGuard(true, null, null);
    }
    HighWaterMark mark = new HighWaterMark(settings, newerWins, pipeline, metrics);
    Instant latest = Instant.now().plus(newerWins.isWithoutZone() ? 1 : 0, ChronoUnit.DAYS);
    return new NewerWinsGuard(
        false, mark, mark.open(TimestampData.fromEpochMillis(latest.toEpochMilli())));
  }

  private NewerWinsGuard(
      boolean always, @Nullable HighWaterMark mark, @Nullable TimestampData markAtStart) {
    this.always = always;
    this.mark = mark;
    this.markAtStart = markAtStart;
  }

  boolean hasToCompare(RowChange change) {
    return always
        || !latest.isInOrder(change.identity(), change.time())
        || change.time().compareTo(markAtStart) <= 0;
  }

  /**
   * To be called when the pipeline has recovered, before changes are sent again.
   *
   * @param patience how long it may be tried
   */
  void afterRecovery(Duration patience) throws IOException, InterruptedException {
    if (mark != null) {
      mark.raiseAgain(patience);
    }
  }

  /** To be called before changes are sent. */
  void beforeSending(List<PendingChange> changes) throws IOException, InterruptedException {
    if (mark == null) {
      return;
    }
    TimestampData latest = null;
    for (PendingChange pending : changes) {
      TimestampData time = pending.change().time();
      if (latest == null || time.compareTo(latest) > 0) {
        latest = time;
      }
    }
    mark.cover(latest);
  }
}
