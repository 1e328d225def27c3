package io.headrace.flink.redis.lookup;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.source.lookup.LookupOptions;

/** Options of lookup joins: Flink's standard ones, and whether Flink waits for each answer. */
public final class RedisLookupOptions {

  public static final ConfigOption<Boolean> ASYNC =
      ConfigOptions.key("lookup.async")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a lookup join asks Redis for further rows while answers are on their way, as"
                  + " many as 'table.exec.async-lookup.buffer-capacity' says. With 'false' each row"
                  + " waits for its answer.");

  /** Options that only have a meaning with 'lookup.cache' = 'PARTIAL'. */
  static final Set<ConfigOption<?>> OF_PARTIAL_CACHE =
      Set.of(
          LookupOptions.PARTIAL_CACHE_MAX_ROWS,
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE,
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS,
          LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY);

  public static final Set<ConfigOption<?>> ALL =
      Set.of(
          ASYNC,
          LookupOptions.MAX_RETRIES,
          LookupOptions.CACHE_TYPE,
          LookupOptions.PARTIAL_CACHE_MAX_ROWS,
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE,
          LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS,
          LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY);

  private RedisLookupOptions() {}
}
