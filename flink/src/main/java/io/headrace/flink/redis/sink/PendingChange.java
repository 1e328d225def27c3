package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.structure.RowChange;

/**
 * A change that is on its way.
 *
 * @param ifNewer whether Redis itself has to compare the row's time
 */
record PendingChange(RowChange change, boolean ifNewer) {

  /** False where changes have no times. */
  boolean isLaterThan(RowChange other) {
    return other.time() != null && change.time().compareTo(other.time()) > 0;
  }
}
