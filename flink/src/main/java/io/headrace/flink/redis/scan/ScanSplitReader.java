package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.structure.RowDecoder;
import io.headrace.flink.redis.structure.RowDecoders;
import io.headrace.flink.redis.structure.RowPlace;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads splits one after the other, in a thread of its own: while the rows of one batch of keys are
 * on their way, the next batch is asked for already.
 */
final class ScanSplitReader implements SplitReader<ScanBatch, ScanSplit> {

  private static final int KEYS_AT_A_TIME = 500;

  /** Where a key has many rows. */
  private static final int SHARED_KEYS_AT_A_TIME = 20;

  private static final int BATCHES_AHEAD = 2;

  private final PatientReader redis;
  private final ScanPlan plan;
  private final RowLimit limit;
  private final RowDecoder decoder;
  private final int keysAtATime;

  private final Deque<ScanSplit> splits = new ArrayDeque<>();
  private final Deque<ReadBatch> batches = new ArrayDeque<>();
  @Nullable private KeyPages pages;
  private boolean ended;
  private List<RowPlace> places = List.of();
  private ScanPosition before = ScanPosition.START;
  private ScanPosition after = ScanPosition.START;

  /**
   * @param limit counted down by the one that emits the rows
   */
  ScanSplitReader(PatientReader redis, ScanPlan plan, RowLimit limit) {
    this.redis = redis;
    this.plan = plan;
    this.limit = limit;
    this.decoder = RowDecoders.of(plan.layout(), plan.shape());
    int most = plan.layout().structure().sharesKeys() ? SHARED_KEYS_AT_A_TIME : KEYS_AT_A_TIME;
    this.keysAtATime = (int) Math.max(1, Math.min(most, plan.limit()));
  }

  @Override
  public void handleSplitsChanges(SplitsChange<ScanSplit> change) {
    splits.addAll(change.splits());
  }

  @Override
  public RecordsWithSplitIds<ScanBatch> fetch() throws IOException {
    RecordsBySplits.Builder<ScanBatch> records = new RecordsBySplits.Builder<>();
    ScanSplit split = splits.peek();
    if (split == null) {
      return records.build();
    }
    if (pages == null) {
      open(split);
    }
    if (!limit.isReached()) {
      readAhead();
    }
    if (limit.isReached() || batches.isEmpty()) {
      records.addFinishedSplit(split.splitId());
      splits.remove();
      batches.clear();
      pages = null;
    } else {
      records.add(split, batches.remove().await());
    }
    return records.build();
  }

  private void open(ScanSplit split) {
    pages =
        plan.filter().isComplete()
            ? new FixedKeys(plan.filter())
            : new ScannedKeys(redis, plan.filter(), split, plan.settings());
    ended = false;
    places = List.of();
    after = split.position();
  }

  private void readAhead() throws IOException {
    while (!ended && batches.size() < BATCHES_AHEAD) {
      if (places.isEmpty()) {
        KeyPages.Page page = pages.next();
        if (page == null) {
          ended = true;
          return;
        }
        places = page.places();
        before = after;
        after = page.after();
      }
      int keys = Math.min(keysAtATime, places.size());
      List<RowPlace> some = places.subList(0, keys);
      places = places.subList(keys, places.size());
      ReadBatch batch = new ReadBatch(redis, decoder, some, places.isEmpty() ? after : before);
      batch.send();
      batches.add(batch);
    }
  }

  /** Nothing waits without an end: Redis' answers have a timeout, and pauses are counted. */
  @Override
  public void wakeUp() {}

  @Override
  public void close() {}
}
