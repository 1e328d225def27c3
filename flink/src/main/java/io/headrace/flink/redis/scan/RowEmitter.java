package io.headrace.flink.redis.scan;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/**
 * Emits the rows of a batch between two checkpoints, never half of them: so a checkpoint knows
 * which keys it has, and each key's rows are of one moment.
 */
final class RowEmitter implements RecordEmitter<ScanBatch, RowData, ScanSplitState> {

  private final RowLimit limit;
  private final Counter numRecordsIn;

  RowEmitter(RowLimit limit, Counter numRecordsIn) {
    this.limit = limit;
    this.numRecordsIn = numRecordsIn;
  }

  /** SCAN finds a key twice where Redis' hash table shrinks meanwhile, or another scan began. */
  @Override
  public void emitRecord(ScanBatch batch, SourceOutput<RowData> output, ScanSplitState state) {
    int rows = 0;
    for (ScanBatch.KeyRows key : batch.keys()) {
      if (state.isNew(key.key())) {
        for (RowData row : key.rows()) {
          if (limit.takeOne()) {
            output.collect(row);
            rows++;
          }
        }
      }
    }
    state.moveTo(batch.after());
    // The base class has counted the batch as one record.
    numRecordsIn.inc(rows - 1);
  }
}
