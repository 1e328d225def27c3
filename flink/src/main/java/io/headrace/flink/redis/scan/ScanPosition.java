package io.headrace.flink.redis.scan;

/**
 * How far a SCAN has come. A cursor is only good for the process that gave it: another orders its
 * keys differently.
 *
 * @param runId of the Redis process
 * @param cursor as Redis gave it
 */
record ScanPosition(String runId, String cursor) {

  static final ScanPosition START = new ScanPosition("", "0");
}
