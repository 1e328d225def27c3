package io.headrace.flink.redis.scan;

import java.util.BitSet;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What a reader tells the enumerator, which does not connect to Redis itself: the password need not
 * be on the JobManager.
 *
 * @param slots of each primary of a cluster; of one server an empty set, which means all keys
 */
record PrimariesFound(List<BitSet> slots) implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
