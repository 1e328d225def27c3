package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Rows that wait in Redis until their checkpoint is complete: what a writer hands to the committer.
 *
 * <p>They are the fields of a hash. A field is named {@code <number>:<key>} and holds the commands
 * that its rows do to that key, packed; numbers count from 1, and say the order.
 *
 * @param tag the hash tag that puts the hash into the slot of the keys
 * @param writer names one attempt of one writer, so that what another attempt left is never met
 * @param number counts the writer's hashes from 1
 * @param fields how many fields the hash has
 * @param rows how many rows are in them
 * @param stagedAt when they were complete, milliseconds since 1970
 */
record StagedRows(String tag, String writer, long number, int fields, int rows, long stagedAt) {

  private static final String STAGED = "headrace:staged:{";
  private static final String APPENDED = "headrace:appended:{";

  /** Of the hash. */
  static byte[] key(String tag, String writer, long number) {
    return (STAGED + tag + "}:" + writer + ":" + number).getBytes(US_ASCII);
  }

  byte[] key() {
    return key(tag, writer, number);
  }

  /** Of the mark that says which of the writer's hashes with this tag were appended. */
  byte[] markKey() {
    return (APPENDED + tag + "}:" + writer).getBytes(US_ASCII);
  }
}
