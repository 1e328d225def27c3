package io.headrace.flink.redis.structure;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/**
 * Turns rows into changes. All that depends on a column's type is decided once, not per row.
 *
 * <p>Rows hold the physical columns of the table, then the columns of written metadata.
 */
public interface RowEncoder extends Serializable {

  /** The change that makes Redis hold the row. */
  RowChange upsert(RowData row);

  /** The change that removes it. Of the row only the key is sure to be there. */
  RowChange delete(RowData row);
}
