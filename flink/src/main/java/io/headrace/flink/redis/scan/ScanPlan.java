package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.TableLayout;
import java.io.Serializable;

/**
 * What a query reads of a table.
 *
 * @param limit rows that are enough; {@link #NO_LIMIT} for all
 */
public record ScanPlan(
    RedisTarget target,
    TableLayout layout,
    RowShape shape,
    KeyFilter filter,
    long limit,
    ScanSettings settings)
    implements Serializable {

  public static final long NO_LIMIT = Long.MAX_VALUE;
}
