package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.RedisScript;
import java.time.Duration;
import java.util.List;

/**
 * Makes the scripts of a table. What is the same for all rows, above all the names of the columns,
 * stands in the script itself: Redis then neither reads nor copies it for each row.
 */
final class NewerWinsScripts {

  /** Lua allows some 200 arguments of one call. */
  private static final int COLUMNS_OF_CALL = 50;

  private final TableLayout layout;
  private final String constants;

  NewerWinsScripts(TableLayout layout, int timeColumn, Duration tombstoneTtl) {
    this.layout = layout;
    this.constants =
        "local COLUMNS = %d\nlocal TIME_COLUMN = %s\nlocal TIME_PLACE = %d\nlocal TOMBSTONE_TTL = %d\n"
            .formatted(
                layout.columns().size(),
                literal(layout.columns().get(timeColumn)),
                timeColumn + 1,
                tombstoneTtl.toMillis());
  }

  RedisScript write() {
    return isHash()
        ? script(constants + setColumns(), "is_later", storedTime(), "hash_write_if_newer")
        : script(constants, "is_later", storedTime(), "string_write_if_newer");
  }

  RedisScript delete() {
    return script(constants, "is_later", storedTime(), "delete_if_newer");
  }

  private boolean isHash() {
    return layout.structure() == StructureKind.HASH;
  }

  private String storedTime() {
    return isHash() ? "hash_stored_time" : "json_stored_time";
  }

  private static RedisScript script(String before, String... parts) {
    return new RedisScript(before + RedisScript.read(NewerWinsScripts.class, parts).lua());
  }

  /** A function that sets all columns of a row, whose values follow a place in ARGV. */
  private String setColumns() {
    StringBuilder lua = new StringBuilder("local function set_columns(key, before)\n");
    List<String> columns = layout.columns();
    for (int i = 0; i < columns.size(); i++) {
      lua.append(i % COLUMNS_OF_CALL == 0 ? "redis.call('HSET', key" : "")
          .append(", %s, ARGV[before + %d]".formatted(literal(columns.get(i)), i + 1))
          .append((i + 1) % COLUMNS_OF_CALL == 0 || i + 1 == columns.size() ? ")\n" : "");
    }
    return lua.append("end\n").toString();
  }

  /** With a code for each byte, so that no character of the text means anything to Lua. */
  private static String literal(String text) {
    StringBuilder lua = new StringBuilder("'");
    for (byte character : text.getBytes(UTF_8)) {
      lua.append("\\%03d".formatted(character & 0xff));
    }
    return lua.append("'").toString();
  }
}
