package io.headrace.flink.redis.structure;

import java.util.Locale;

/** Redis' data structures that a table can be made of. */
public enum StructureKind {
  HASH,
  STRING,
  MAP,
  ZSET,
  LIST,
  STREAM;

  /** As the option 'structure' has it. */
  public String optionValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows are only added, never changed; such a table has no primary key. */
  public boolean isAppendOnly() {
    return this == LIST || this == STREAM;
  }

  /** Several rows stand under one key. */
  public boolean sharesKeys() {
    return isAppendOnly() || this == ZSET || this == MAP;
  }
}
