package io.headrace.flink.redis.scan;

/** How many rows a query still wants of one reader: counted in the task's thread, seen by all. */
final class RowLimit {

  private volatile long left;

  RowLimit(long rows) {
    left = rows;
  }

  /**
   * @return false if there were enough rows before
   */
  boolean takeOne() {
    long now = left;
    if (now == 0) {
      return false;
    }
    left = now - 1;
    return true;
  }

  boolean isReached() {
    return left == 0;
  }
}
