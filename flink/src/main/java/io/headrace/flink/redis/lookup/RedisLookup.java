package io.headrace.flink.redis.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.ReadRetries;
import io.headrace.flink.redis.connection.RedisErrors;
import io.headrace.flink.redis.connection.RedisReader;
import io.headrace.flink.redis.structure.RowPlace;
import io.headrace.flink.redis.structure.UnreadableRowException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * Asks Redis for the rows that a row is joined with. There is one connection a subtask.
 *
 * <p>It does not count what is in flight: Flink's async operator holds its input back at {@code
 * table.exec.async-lookup.buffer-capacity} rows.
 */
final class RedisLookup implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LookupPlan plan;
  private transient RedisReader reader;
  private transient LookupMetrics metrics;

  /** For the pauses between attempts. */
  private transient ScheduledExecutorService timer;

  RedisLookup(LookupPlan plan) {
    this.plan = plan;
  }

  /**
   * @throws IOException if Redis cannot be reached
   */
  void open(MetricGroup group) throws IOException {
    reader = RedisReader.open(plan.target());
    metrics = new LookupMetrics(group);
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "redis-lookup-retries");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param joinKeys the values of the joined columns
   * @return the rows, none if there are none; an IOException or an {@link UnreadableRowException}
   *     if Redis does not answer in the end, or if there is something else than a row of the table
   */
  CompletableFuture<Collection<RowData>> lookup(RowData joinKeys) {
    List<RowPlace> places = plan.places(joinKeys);
    if (places.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    metrics.asked();
    Attempts attempts = new Attempts(places);
    attempts.start();
    return attempts.rows.thenApply(rows -> plan.matching(joinKeys, rows));
  }

  void close() {
    // Both are null if open has failed.
    if (timer != null) {
      timer.shutdownNow();
    }
    if (reader != null) {
      reader.close();
    }
  }

  /** One lookup, until it is answered or there is nothing more to try. */
  private final class Attempts {

    final CompletableFuture<List<RowData>> rows = new CompletableFuture<>();
    private final List<RowPlace> places;
    private final long startNanos = System.nanoTime();
    private int attempt;

    Attempts(List<RowPlace> places) {
      this.places = places;
    }

    void start() {
      attempt++;
      try {
        ask().whenComplete(this::answered);
      } catch (RuntimeException e) {
        answered(null, e);
      }
    }

    private CompletionStage<List<RowData>> ask() {
      CompletionStage<List<RowData>> all = read(places.get(0));
      for (RowPlace place : places.subList(1, places.size())) {
        all =
            all.thenCombine(
                read(place),
                (some, more) -> {
                  List<RowData> both = new ArrayList<>(some);
                  both.addAll(more);
                  return both;
                });
      }
      return all;
    }

    private CompletionStage<List<RowData>> read(RowPlace place) {
      return plan.decoder().read(reader.async(), place);
    }

    private void answered(List<RowData> found, Throwable failure) {
      if (failure == null) {
        metrics.answered(startNanos);
        rows.complete(found);
      } else if (attempt <= plan.maxRetries() && ReadRetries.mayPass(failure)) {
        metrics.repeated();
        timer.schedule(
            this::start, ReadRetries.pauseAfter(attempt).toMillis(), TimeUnit.MILLISECONDS);
      } else {
        metrics.failed();
        rows.completeExceptionally(error(failure));
      }
    }

    private Throwable error(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof UnreadableRowException) {
        return cause;
      }
      RowPlace place = places.get(0);
      return RedisErrors.failed(
          plan.target(), new String(place.key(), UTF_8), plan.decoder().command(place), cause);
    }
  }
}
