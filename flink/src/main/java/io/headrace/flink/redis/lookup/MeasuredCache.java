package io.headrace.flink.redis.lookup;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import javax.annotation.Nullable;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.CacheMetricGroup;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.data.RowData;

/**
 * Flink's cache with one more metric: {@code hitRatio}, the part of all lookups since the start
 * that the cache answered, from 0 to 1; NaN before the first. The subtasks of a join in one
 * TaskManager share a cache, and so its numbers.
 */
@SuppressWarnings("try") // Flink's close() may throw anything.
final class MeasuredCache implements LookupCache {

  private static final long serialVersionUID = 1L;

  private final LookupCache cache;
  private transient LongAdder hits;
  private transient LongAdder misses;

  MeasuredCache(LookupCache cache) {
    this.cache = cache;
  }

  @Override
  public void open(CacheMetricGroup metricGroup) {
    synchronized (this) {
      if (hits == null) {
        hits = new LongAdder();
        misses = new LongAdder();
      }
    }
    cache.open(metricGroup);
    Gauge<Double> hitRatio = () -> (double) hits.sum() / (hits.sum() + misses.sum());
    metricGroup.gauge("hitRatio", hitRatio);
  }

  @Override
  @Nullable
  public Collection<RowData> getIfPresent(RowData key) {
    Collection<RowData> rows = cache.getIfPresent(key);
    (rows == null ? misses : hits).increment();
    return rows;
  }

  @Override
  public Collection<RowData> put(RowData key, Collection<RowData> rows) {
    return cache.put(key, rows);
  }

  @Override
  public void invalidate(RowData key) {
    cache.invalidate(key);
  }

  @Override
  public long size() {
    return cache.size();
  }

  @Override
  public void close() throws Exception {
    cache.close();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MeasuredCache that && cache.equals(that.cache);
  }

  @Override
  public int hashCode() {
    return cache.hashCode();
  }
}
