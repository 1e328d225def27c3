package io.headrace.flink.redis.sink;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Timers that fire when the test says so; the clock stands still at 1000 ms. */
final class ManualTimers implements ProcessingTimeService {

  static final long NOW = 1_000;

  private final Queue<ProcessingTimeCallback> callbacks = new ArrayDeque<>();
  private long lastTimestamp;

  @Override
  public long getCurrentProcessingTime() {
    return NOW;
  }

  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback callback) {
    callbacks.add(callback);
    lastTimestamp = timestamp;
    return null;
  }

  int waiting() {
    return callbacks.size();
  }

  long lastTimestamp() {
    return lastTimestamp;
  }

  void fire() throws Exception {
    callbacks.remove().onProcessingTime(lastTimestamp);
  }
}
