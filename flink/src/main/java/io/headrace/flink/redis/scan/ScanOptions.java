package io.headrace.flink.redis.scan;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;

/** Options of reading a whole table. */
public final class ScanOptions {

  public static final ConfigOption<Integer> COUNT =
      ConfigOptions.key("scan.count")
          .intType()
          .defaultValue(1_000)
          .withDescription(
              "How many keys Redis looks at in one SCAN (its COUNT). More make a scan faster, and"
                  + " others wait longer: Redis answers nobody else meanwhile, below 1 ms for"
                  + " 1000 keys.");

  public static final ConfigOption<Integer> MAX_RETRIES =
      ConfigOptions.key("scan.max-retries")
          .intType()
          .defaultValue(5)
          .withDescription(
              "How often a page is asked for again where that can help: a lost connection, a Redis"
                  + " that is loading; and how often a scan begins again after a failover, or while"
                  + " slots of a cluster move. The pauses grow from 100 ms to 5 s. After that the"
                  + " job fails.");

  public static final ConfigOption<Integer> PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

  public static final Set<ConfigOption<?>> ALL = Set.of(COUNT, MAX_RETRIES, PARALLELISM);

  private ScanOptions() {}
}
