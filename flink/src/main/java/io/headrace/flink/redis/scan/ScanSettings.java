package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.table.TableOptions;
import java.io.Serializable;
import javax.annotation.Nullable;

/**
 * How a table is scanned.
 *
 * @param count keys that Redis looks at in one SCAN
 * @param maxRetries how often a page is asked for again
 * @param parallelism of the source; null for the job's
 */
public record ScanSettings(int count, int maxRetries, @Nullable Integer parallelism)
    implements Serializable {

  /**
   * Reads the options that {@link ScanOptions} lists.
   *
   * @throws org.apache.flink.table.api.ValidationException if one is wrong
   */
  public static ScanSettings of(TableOptions options) {
    return new ScanSettings(
        options.atLeast(1, ScanOptions.COUNT),
        options.atLeast(0, ScanOptions.MAX_RETRIES),
        options.optional(ScanOptions.PARALLELISM).orElse(null));
  }
}
