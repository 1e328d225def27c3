package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.value.ValueFormat;

/** Redis holds something that is not a value of the table's column. Asking again does not help. */
public final class UnreadableRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UnreadableRowException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param place in the key's value, such as "field 'score'"
   * @param error of {@link ValueFormat#fromBytes}: a whole sentence with what is there, shortened,
   *     and what is expected
   */
  static UnreadableRowException malformed(
      TableLayout layout, RowPlace row, String place, IllegalArgumentException error) {
    return of(
        layout,
        row,
        place,
        error.getMessage()
            + " Correct or delete it in Redis, or declare the column with the type of what is"
            + " there; a STRING takes any text.",
        error);
  }

  static UnreadableRowException absent(TableLayout layout, RowPlace row, String place) {
    return of(
        layout,
        row,
        place,
        "it is absent, which is NULL, and the column is NOT NULL. Write it, or declare the column"
            + " without NOT NULL.",
        null);
  }

  private static UnreadableRowException of(
      TableLayout layout, RowPlace row, String place, String what, Throwable cause) {
    return new UnreadableRowException(
        String.format(
            "Table %s, key '%s', %s: %s", layout.table(), new RedisKey(row.key()), place, what),
        cause);
  }
}
