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
 * of a key come out of order: then the key's last time is remembered here, or forgotten, and the
 * row's time is below the latest that is forgotten. In all other cases the row is written as it is.
 */
final class NewerWinsGuard {

  /** Some tens of megabytes at most. */
  private static final int KEYS_OF_GENERATION = 100_000;

  private final boolean always;
  @Nullable private final HighWaterMark mark;
  @Nullable private final TimestampData markAtStart;
  private final RecentTimes recent = new RecentTimes(KEYS_OF_GENERATION);

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

  /** What is to be done with a row. */
  enum Decision {
    WRITE,
    WRITE_IF_NEWER,
    /** A later row of the key was written already. */
    LEAVE_OUT
  }

  Decision decide(RowChange change) {
    if (always) {
      return Decision.WRITE_IF_NEWER;
    }
    TimestampData time = change.time();
    TimestampData last = recent.of(change.identity());
    if (last != null && time.compareTo(last) < 0) {
      return Decision.LEAVE_OUT;
    }
    boolean inOrder = last != null || recent.coversForgotten(time);
    recent.put(change.identity(), time);
    return inOrder && time.compareTo(markAtStart) > 0 ? Decision.WRITE : Decision.WRITE_IF_NEWER;
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
