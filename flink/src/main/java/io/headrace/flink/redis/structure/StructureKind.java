package io.headrace.flink.redis.structure;

/** Redis' data structures that a table can be made of. */
public enum StructureKind {
  HASH,
  STRING,
  ZSET,
  LIST,
  STREAM;

  /** Rows are only added, never changed; such a table has no primary key. */
  public boolean isAppendOnly() {
    return this == LIST || this == STREAM;
  }

  /** Several rows stand under one key. */
  public boolean sharesKeys() {
    return isAppendOnly() || this == ZSET;
  }
}
