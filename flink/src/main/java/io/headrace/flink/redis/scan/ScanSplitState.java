package io.headrace.flink.redis.scan;

/** A split that is being read, as far as its rows have been emitted. */
final class ScanSplitState {

  private final ScanSplit split;
  private ScanPosition position;

  ScanSplitState(ScanSplit split) {
    this.split = split;
    this.position = split.position();
  }

  /**
   * @return false if the rows of that key have been emitted before
   */
  boolean isNew(byte[] key) {
    return split.seen().add(key);
  }

  void moveTo(ScanPosition next) {
    position = next;
  }

  ScanSplit toSplit() {
    return new ScanSplit(split.splitId(), split.slots(), position, split.seen());
  }
}
