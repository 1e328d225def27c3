package io.headrace.flink.redis.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Makes a split for each primary that the first reader has found, and hands them out. */
final class ScanEnumerator implements SplitEnumerator<ScanSplit, ScanEnumeratorState> {

  private final SplitEnumeratorContext<ScanSplit> context;

  /** Null until the primaries are known. */
  @Nullable private Deque<ScanSplit> unassigned;

  /** Readers that asked before that. */
  private final Set<Integer> waiting = new LinkedHashSet<>();

  ScanEnumerator(SplitEnumeratorContext<ScanSplit> context, ScanEnumeratorState state) {
    this.context = context;
    this.unassigned = state.unassigned() == null ? null : new ArrayDeque<>(state.unassigned());
  }

  @Override
  public void start() {}

  @Override
  public void addReader(int subtask) {}

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (unassigned == null && event instanceof PrimariesFound found) {
      unassigned = new ArrayDeque<>();
      for (BitSet slots : found.slots()) {
        unassigned.add(ScanSplit.of(unassigned.size(), slots));
      }
      waiting.forEach(this::assign);
      waiting.clear();
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    if (unassigned == null) {
      waiting.add(subtask);
    } else {
      assign(subtask);
    }
  }

  private void assign(int subtask) {
    if (!context.registeredReaders().containsKey(subtask)) {
      return;
    }
    ScanSplit split = unassigned.poll();
    if (split == null) {
      context.signalNoMoreSplits(subtask);
    } else {
      context.assignSplit(split, subtask);
    }
  }

  @Override
  public void addSplitsBack(List<ScanSplit> splits, int subtask) {
    unassigned.addAll(splits);
  }

  @Override
  public ScanEnumeratorState snapshotState(long checkpointId) {
    return new ScanEnumeratorState(unassigned == null ? null : new ArrayList<>(unassigned));
  }

  @Override
  public void close() {}
}
