package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.structure.RowPlace;
import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;

/** Where a split's rows are, page by page. */
interface KeyPages {

  /**
   * The places of one page, which may be none.
   *
   * @param after where the scan goes on when the page's rows have been read
   */
  record Page(List<RowPlace> places, ScanPosition after) {}

  /** Null at the end. */
  @Nullable
  Page next() throws IOException;
}
