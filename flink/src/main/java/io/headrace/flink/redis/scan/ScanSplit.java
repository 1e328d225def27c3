package io.headrace.flink.redis.scan;

import java.util.BitSet;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table's keys: those in some hash slots of a cluster, the slots of one primary when
 * the scan began; or all of them. Slots, not servers, because they are there after a failover too.
 *
 * @param slots empty for all keys
 * @param position where the scan goes on
 * @param seen the keys whose rows have been read. It is the reader's own, which goes on filling it,
 *     so a split is to be written at once
 */
record ScanSplit(String splitId, BitSet slots, ScanPosition position, KeyHashes seen)
    implements SourceSplit {

  static ScanSplit of(int number, BitSet slots) {
    return new ScanSplit("keys-" + number, slots, ScanPosition.START, new KeyHashes());
  }

  /** SourceReaderBase logs splits: without the keys. */
  @Override
  public String toString() {
    return splitId + (slots.isEmpty() ? "" : " in " + slots.cardinality() + " slots");
  }
}
