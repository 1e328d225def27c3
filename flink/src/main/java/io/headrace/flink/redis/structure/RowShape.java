package io.headrace.flink.redis.structure;

import java.io.Serializable;
import java.util.List;

/**
 * What rows that are read consist of: columns of the table, in any order, then perhaps the metadata
 * column 'ttl'.
 *
 * @param columns indexes of the table's physical columns
 */
public record RowShape(List<Integer> columns, boolean ttl) implements Serializable {

  /** How many fields such a row has. */
  public int arity() {
    return columns.size() + (ttl ? 1 : 0);
  }

  /** The position of the metadata column 'ttl', if there is one. */
  int ttlPosition() {
    return columns.size();
  }
}
