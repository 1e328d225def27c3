package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.scan.PatientReader.Topic;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/** Runs in each subtask: asks for splits, has them read, and keeps how far it is. */
@SuppressWarnings("try") // Flink's close() may throw anything.
final class ScanSourceReader
    extends SingleThreadMultiplexSourceReaderBase<ScanBatch, RowData, ScanSplit, ScanSplitState> {

  private final PatientReader redis;
  private final ScanPlan plan;

  ScanSourceReader(PatientReader redis, ScanPlan plan, SourceReaderContext context) {
    this(redis, plan, new RowLimit(plan.limit()), context);
  }

  private ScanSourceReader(
      PatientReader redis, ScanPlan plan, RowLimit limit, SourceReaderContext context) {
    super(
        () -> new ScanSplitReader(redis, plan, limit),
        new RowEmitter(limit, context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
        context.getConfiguration(),
        context);
    this.redis = redis;
    this.plan = plan;
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      try {
        context.sendSourceEventToCoordinator(new PrimariesFound(slots()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      context.sendSplitRequest();
    }
  }

  /** For keys that the query names it does not matter which servers there are. */
  private List<BitSet> slots() throws IOException {
    if (plan.filter().isComplete()) {
      return List.of(new BitSet());
    }
    List<BitSet> slots =
        redis.ask(
            () -> new Topic(plan.layout().key().toString(), "INFO"),
            () -> ScanServer.all(redis.reader()).stream().map(ScanServer::slots).toList());
    BitSet all = new BitSet();
    slots.forEach(all::or);
    if (!all.isEmpty() && all.cardinality() < SlotHash.SLOT_COUNT) {
      throw new IOException(
          String.format(
              "Table %s, Redis at %s: nobody serves %d of the cluster's slots. See 'redis-cli"
                  + " --cluster check', and run the query again.",
              redis.target().table(),
              redis.target().address().hostAndPort(),
              SlotHash.SLOT_COUNT - all.cardinality()));
    }
    return slots;
  }

  @Override
  protected void onSplitFinished(Map<String, ScanSplitState> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected ScanSplitState initializedState(ScanSplit split) {
    return new ScanSplitState(split);
  }

  @Override
  protected ScanSplit toSplitType(String splitId, ScanSplitState state) {
    return state.toSplit();
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      redis.close();
    }
  }
}
