package io.headrace.flink.redis.lookup;

import org.apache.flink.table.connector.source.LookupTableSource.LookupRuntimeProvider;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.LookupFunction;

/** What the planner is offered. It takes the asynchronous function where it can use one. */
public final class LookupProviders {

  private LookupProviders() {}

  public static LookupRuntimeProvider of(LookupPlan plan, LookupSettings settings) {
    if (settings.cache() == null) {
      return settings.async()
          ? new Both(plan)
          : LookupFunctionProvider.of(new SyncRedisLookup(plan));
    }
    return settings.async()
        ? new BothCached(plan, settings.cache())
        : PartialCachingLookupProvider.of(new SyncRedisLookup(plan), settings.cache());
  }

  /** Some plans, and the hint 'async' = 'false', want the synchronous function. */
  private record Both(LookupPlan plan)
      implements LookupFunctionProvider, AsyncLookupFunctionProvider {

    @Override
    public LookupFunction createLookupFunction() {
      return new SyncRedisLookup(plan);
    }

    @Override
    public AsyncLookupFunction createAsyncLookupFunction() {
      return new AsyncRedisLookup(plan);
    }
  }

  private record BothCached(LookupPlan plan, LookupCache cache)
      implements PartialCachingLookupProvider, PartialCachingAsyncLookupProvider {

    @Override
    public LookupCache getCache() {
      return cache;
    }

    @Override
    public LookupFunction createLookupFunction() {
      return new SyncRedisLookup(plan);
    }

    @Override
    public AsyncLookupFunction createAsyncLookupFunction() {
      return new AsyncRedisLookup(plan);
    }
  }
}
