package io.headrace.flink.redis.lookup;

import io.headrace.flink.redis.table.TableOptions;
import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.connector.source.lookup.LookupOptions.LookupCacheType;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;

/**
 * How rows are looked up.
 *
 * @param async whether further rows are asked for while answers are on their way
 * @param maxRetries how often a lookup is tried again
 * @param cache null for none
 */
public record LookupSettings(boolean async, int maxRetries, @Nullable LookupCache cache) {

  /**
   * Reads the options that {@link RedisLookupOptions} lists.
   *
   * @throws org.apache.flink.table.api.ValidationException if one is wrong
   */
  public static LookupSettings of(TableOptions options) {
    return new LookupSettings(
        options.get(RedisLookupOptions.ASYNC),
        options.atLeast(0, LookupOptions.MAX_RETRIES),
        cache(options));
  }

  @Nullable
  private static LookupCache cache(TableOptions options) {
    LookupCacheType type = options.get(LookupOptions.CACHE_TYPE);
    if (type == LookupCacheType.FULL) {
      throw options.wrong(
          LookupOptions.CACHE_TYPE,
          "it is FULL, and a Redis table is never copied to Flink as a whole",
          "Write 'PARTIAL', with 'lookup.partial-cache.max-rows' for as many rows as are to be"
              + " kept, or 'NONE'");
    }
    if (type == LookupCacheType.NONE) {
      for (ConfigOption<?> option : RedisLookupOptions.OF_PARTIAL_CACHE) {
        if (options.optional(option).isPresent()) {
          throw options.wrong(
              option, "there is no cache", "Set 'lookup.cache' = 'PARTIAL', or leave this out");
        }
      }
      return null;
    }
    return new MeasuredCache(partial(options));
  }

  private static LookupCache partial(TableOptions options) {
    Duration afterWrite = options.positiveOrNull(LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE);
    Duration afterAccess = options.positiveOrNull(LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS);
    Long rows = options.get(LookupOptions.PARTIAL_CACHE_MAX_ROWS);
    if (rows != null && rows < 1) {
      throw options.wrong(
          LookupOptions.PARTIAL_CACHE_MAX_ROWS, "it is " + rows, "Write a number of 1 or more");
    }
    if (rows == null && afterWrite == null && afterAccess == null) {
      throw options.wrong(
          LookupOptions.CACHE_TYPE,
          "it is PARTIAL, and nothing ever leaves the cache",
          "Set 'lookup.partial-cache.max-rows', and 'lookup.partial-cache.expire-after-write' for"
              + " how old a cached row may be");
    }
    DefaultLookupCache.Builder cache =
        DefaultLookupCache.newBuilder()
            .cacheMissingKey(options.get(LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY));
    if (rows != null) {
      cache.maximumSize(rows);
    }
    if (afterWrite != null) {
      cache.expireAfterWrite(afterWrite);
    }
    if (afterAccess != null) {
      cache.expireAfterAccess(afterAccess);
    }
    return cache.build();
  }
}
