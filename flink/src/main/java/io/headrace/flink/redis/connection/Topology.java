package io.headrace.flink.redis.connection;

/** How the Redis servers behind one URL stand to each other. */
public enum Topology {
  /** One server; or one name, behind which a primary is always to be found. */
  STANDALONE,
  /** A primary with replicas; its Sentinels say which server it is at the moment. */
  SENTINEL,
  /** Redis Cluster: several primaries, each with a part of the 16,384 hash slots. */
  CLUSTER
}
