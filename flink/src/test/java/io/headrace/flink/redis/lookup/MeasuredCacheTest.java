package io.headrace.flink.redis.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The cache's numbers. */
class MeasuredCacheTest {

  private static GenericRowData key(String text) {
    return GenericRowData.of(StringData.fromString(text));
  }

  private static MeasuredCache cache(long rows) throws Exception {
    return InstantiationUtil.clone(
        new MeasuredCache(DefaultLookupCache.newBuilder().maximumSize(rows).build()));
  }

  @Test
  void hitRatioIsOfAllLookups() throws Exception {
    MeasuredCache cache = cache(10);
    Metrics metrics = new Metrics();
    cache.open(metrics);
    assertThat(metrics.gauge("hitRatio")).isEqualTo(Double.NaN);

    assertThat(cache.getIfPresent(key("a"))).isNull();
    cache.put(key("a"), List.of());
    for (int i = 0; i < 3; i++) {
      assertThat(cache.getIfPresent(key("a"))).isEmpty();
    }

    assertThat(metrics.gauge("hitRatio")).isEqualTo(0.75);
    assertThat(metrics.count("hitCount")).isEqualTo(3);
    assertThat(metrics.count("missCount")).isEqualTo(1);
    assertThat(metrics.gauge("numCachedRecords")).isEqualTo(1L);
    cache.close();
  }

  /** Flink shares caches that are equal. */
  @Test
  void subtasksShareTheNumbers() throws Exception {
    MeasuredCache cache = cache(10);
    Metrics first = new Metrics();
    cache.open(first);
    cache.getIfPresent(key("a"));
    Metrics second = new Metrics();
    cache.open(second);
    cache.put(key("a"), List.of());
    cache.getIfPresent(key("a"));

    assertThat(first.gauge("hitRatio")).isEqualTo(0.5);
    assertThat(second.gauge("hitRatio")).isEqualTo(0.5);
    assertThat(cache(10)).isEqualTo(cache(10)).hasSameHashCodeAs(cache(10));
    assertThat(cache(10)).isNotEqualTo(cache(11));
  }
}
