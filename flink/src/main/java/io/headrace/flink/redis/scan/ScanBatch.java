package io.headrace.flink.redis.scan;

import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Rows on their way from the thread that reads to the task's.
 *
 * @param after where the scan goes on when these rows have been emitted
 */
record ScanBatch(List<KeyRows> keys, ScanPosition after) {

  /** The rows that were found together under a key; at least one. */
  record KeyRows(byte[] key, List<RowData> rows) {}
}
