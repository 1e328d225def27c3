package io.headrace.flink.redis.sink;

import io.headrace.flink.redis.structure.RowChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that are gathered for one flush: of several with one identity, the last. Where changes
 * have times, the last is the latest.
 */
final class RowBuffer {

  /** In the order in which their identities first came. */
  private final Map<Object, PendingChange> changes = new LinkedHashMap<>();

  private long bytes;

  /**
   * @param ifNewer whether Redis itself has to compare the row's time
   * @return false if a later row with the same identity is here: then this one counts for nothing
   */
  boolean add(RowChange change, boolean ifNewer) {
    Object identity = change.identity() == null ? new Object() : change.identity();
    PendingChange replaced = changes.put(identity, new PendingChange(change, ifNewer));
    if (replaced != null && replaced.isLaterThan(change)) {
      changes.put(identity, replaced);
      return false;
    }
    bytes += change.size() - (replaced == null ? 0 : replaced.change().size());
    return true;
  }

  int rows() {
    return changes.size();
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  List<PendingChange> drain() {
    List<PendingChange> drained = new ArrayList<>(changes.values());
    changes.clear();
    bytes = 0;
    return drained;
  }
}
