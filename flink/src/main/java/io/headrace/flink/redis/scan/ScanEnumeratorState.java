package io.headrace.flink.redis.scan;

import java.util.List;
import javax.annotation.Nullable;

/**
 * What a checkpoint keeps of the enumerator.
 *
 * @param unassigned null if the primaries are not known yet
 */
record ScanEnumeratorState(@Nullable List<ScanSplit> unassigned) {

  static final ScanEnumeratorState NEW = new ScanEnumeratorState(null);
}
