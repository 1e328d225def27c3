package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.structure.KeyFilter;
import javax.annotation.Nullable;

/** The keys that the query names: one page, and no SCAN. */
final class FixedKeys implements KeyPages {

  @Nullable private KeyFilter filter;

  FixedKeys(KeyFilter filter) {
    this.filter = filter;
  }

  @Override
  @Nullable
  public Page next() {
    if (filter == null) {
      return null;
    }
    Page page = new Page(filter.places(), ScanPosition.START);
    filter = null;
    return page;
  }
}
