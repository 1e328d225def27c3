package io.headrace.flink.redis.scan;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Reads a table once, from beginning to end. Each row that is there all the time is read exactly
 * once, also when Redis or the job fails in between; a row that comes, changes or goes meanwhile is
 * read as it was at some moment, or not.
 *
 * <p>A checkpoint in mid-scan holds where the scan is and the hashes of the keys that have been
 * read, {@link KeyHashes}: 16 bytes a key. A job that is restored goes on at the cursor if the same
 * Redis process still runs, and else begins again and leaves out what has been read.
 */
public final class ScanSource implements Source<RowData, ScanSplit, ScanEnumeratorState> {

  private static final long serialVersionUID = 1L;

  private final ScanPlan plan;

  public ScanSource(ScanPlan plan) {
    this.plan = plan;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RowData, ScanSplit> createReader(SourceReaderContext context)
      throws IOException {
    PatientReader redis = new PatientReader(plan.target(), plan.settings().maxRetries());
    return new ScanSourceReader(redis, plan, context);
  }

  @Override
  public SplitEnumerator<ScanSplit, ScanEnumeratorState> createEnumerator(
      SplitEnumeratorContext<ScanSplit> context) {
    return new ScanEnumerator(context, ScanEnumeratorState.NEW);
  }

  @Override
  public SplitEnumerator<ScanSplit, ScanEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<ScanSplit> context, ScanEnumeratorState state) {
    return new ScanEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
    return new ScanSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<ScanEnumeratorState> getEnumeratorCheckpointSerializer() {
    return new ScanEnumeratorStateSerializer();
  }
}
