package io.headrace.flink.redis.structure;

import static java.util.stream.Collectors.toSet;

import io.headrace.flink.redis.key.KeyTemplate;
import io.headrace.flink.redis.structure.StructureOptions.Keep;
import io.headrace.flink.redis.structure.StructureOptions.Push;
import io.headrace.flink.redis.table.TableOptions;
import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * Where the columns of a table stand in Redis.
 *
 * @param table the table's full name, for messages
 * @param columns names of the physical columns, in order
 * @param types their types
 * @param formats how each is written and read
 * @param valueColumn the one column that a 'string', 'map' or 'list' holds; null where it holds the
 *     row
 * @param memberColumn the member of a 'zset', the field of a 'map'; null for the other structures
 * @param scoreColumn the score of a 'zset'; null for the other structures
 * @param maxSize how many members, elements or entries are kept; null for all
 * @param ttl how long a key lives after it was written; null for ever
 */
public record TableLayout(
    String table,
    StructureKind structure,
    KeyTemplate key,
    List<String> columns,
    List<LogicalType> types,
    List<ValueFormat> formats,
    @Nullable Integer valueColumn,
    @Nullable Integer memberColumn,
    @Nullable Integer scoreColumn,
    @Nullable Integer maxSize,
    Keep keep,
    Push push,
    @Nullable Duration ttl)
    implements Serializable {

  /**
   * Reads the options that {@link StructureOptions} lists.
   *
   * @param name the table's own name, from which keys are made by default
   * @param primaryKey names of the primary key's columns; empty without one
   * @param declared all options as they were declared, for those that are named after columns
   * @throws org.apache.flink.table.api.ValidationException if options and columns do not fit
   */
  public static TableLayout of(
      TableOptions options,
      String name,
      RowType type,
      List<String> primaryKey,
      Map<String, String> declared) {
    StructureKind structure = options.get(StructureOptions.STRUCTURE);
    requirePrimaryKey(options, structure, primaryKey);
    requireOwnOptions(options, structure);
    List<String> columns = List.copyOf(type.getFieldNames());
    List<LogicalType> types = List.copyOf(type.getChildren());
    List<ValueFormat> formats = FieldFormats.of(options, columns, types, declared);
    Integer member =
        column(
            options,
            structure == StructureKind.MAP
                ? StructureOptions.MAP_FIELD_COLUMN
                : StructureOptions.ZSET_MEMBER_COLUMN,
            columns);
    Integer score = column(options, StructureOptions.ZSET_SCORE_COLUMN, columns);
    Integer value = column(options, StructureOptions.VALUE_COLUMN, columns);
    KeyTemplate key =
        key(options, structure, name, columns, types, primaryKey, member == null ? -1 : member);
    requireFit(options, structure, key, columns, types, primaryKey, member, score, value);
    return new TableLayout(
        options.table(),
        structure,
        key,
        columns,
        types,
        formats,
        value,
        member,
        score,
        maxSize(options, structure),
        options.get(StructureOptions.ZSET_KEEP),
        options.get(StructureOptions.LIST_PUSH),
        options.positiveOrNull(StructureOptions.TTL));
  }

  private static void requirePrimaryKey(
      TableOptions options, StructureKind structure, List<String> primaryKey) {
    if (structure.isAppendOnly() && !primaryKey.isEmpty()) {
      throw options.wrong(
          "its rows are only ever appended, so it cannot keep a primary key",
          "Leave out PRIMARY KEY, or choose 'structure' = 'hash', 'string', 'map' or 'zset'");
    }
    if (!structure.isAppendOnly() && primaryKey.isEmpty()) {
      throw options.wrong(
          "it has no primary key, and the Redis key of a row is made of it",
          "Add 'PRIMARY KEY (<column>, …) NOT ENFORCED' to its columns, or choose 'structure' ="
              + " 'list' or 'stream', whose rows are only appended");
    }
  }

  /** An option of another structure would be without effect, which nobody means. */
  private static void requireOwnOptions(TableOptions options, StructureKind structure) {
    for (ConfigOption<?> option : StructureOptions.ALL) {
      String prefix = option.key().split("\\.", 2)[0];
      boolean foreign =
          switch (prefix) {
            case "map", "zset", "list", "stream" -> !prefix.equals(structure.optionValue());
            case "value" ->
                structure != StructureKind.STRING
                    && structure != StructureKind.MAP
                    && structure != StructureKind.LIST;
            default -> false;
          };
      if (foreign && options.optional(option).isPresent()) {
        throw options.wrong(
            option,
            "it means nothing for 'structure' = '" + structure.optionValue() + "'",
            "Leave it out, or choose the structure that it belongs to");
      }
    }
  }

  @Nullable
  private static Integer column(
      TableOptions options, ConfigOption<String> option, List<String> columns) {
    String name = options.get(option);
    if (name == null) {
      return null;
    }
    int index = columns.indexOf(name);
    if (index < 0) {
      throw options.wrong(
          option,
          "the table has no physical column '" + name + "'",
          "Name one of " + String.join(", ", columns));
    }
    return index;
  }

  private static KeyTemplate key(
      TableOptions options,
      StructureKind structure,
      String name,
      List<String> columns,
      List<LogicalType> types,
      List<String> primaryKey,
      int member) {
    String template = options.get(StructureOptions.KEY);
    try {
      if (template != null) {
        return KeyTemplate.parse(template, columns, types);
      }
      List<String> inKey =
          primaryKey.stream().filter(column -> columns.indexOf(column) != member).toList();
      return KeyTemplate.ofPrimaryKey(name, inKey, columns, types);
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          String.format("Table %s, option 'key': %s", options.table(), e.getMessage()));
    }
  }

  private static void requireFit(
      TableOptions options,
      StructureKind structure,
      KeyTemplate key,
      List<String> columns,
      List<LogicalType> types,
      List<String> primaryKey,
      @Nullable Integer member,
      @Nullable Integer score,
      @Nullable Integer value) {
    Set<String> inKey = IntStream.of(key.columns()).mapToObj(columns::get).collect(toSet());
    Set<String> identity = new HashSet<>(inKey);
    Set<String> stored = new HashSet<>(inKey);
    if (structure == StructureKind.ZSET) {
      requireZset(options, columns, types, member, score);
      identity.add(columns.get(member));
      stored.addAll(List.of(columns.get(member), columns.get(score)));
    } else if (structure == StructureKind.MAP && member == null) {
      throw options.wrong(
          StructureOptions.MAP_FIELD_COLUMN,
          "a 'map' needs it",
          "Name one of " + String.join(", ", columns));
    } else if (value != null) {
      stored.add(columns.get(value));
    } else {
      stored.addAll(columns);
    }
    if (structure == StructureKind.MAP) {
      identity.add(columns.get(member));
      stored.add(columns.get(member));
    }
    if (!structure.isAppendOnly() && !identity.equals(Set.copyOf(primaryKey))) {
      throw options.wrong(
          StructureOptions.KEY,
          "its columns"
              + (structure == StructureKind.ZSET ? " and the member" : "")
              + (structure == StructureKind.MAP ? " and the field" : "")
              + " are "
              + identity
              + ", and the primary key is "
              + primaryKey
              + ": a row and its place in Redis must be the same thing",
          "Use the same columns in both");
    }
    List<String> lost = new ArrayList<>(columns);
    lost.removeAll(stored);
    if (!lost.isEmpty()) {
      throw options.wrong(
          "its columns "
              + lost
              + " would be stored nowhere: neither in the key '"
              + key
              + "' nor in the value",
          "Leave them out of the table, or choose another 'structure'");
    }
  }

  private static void requireZset(
      TableOptions options,
      List<String> columns,
      List<LogicalType> types,
      @Nullable Integer member,
      @Nullable Integer score) {
    if (member == null || score == null) {
      throw options.wrong(
          member == null ? StructureOptions.ZSET_MEMBER_COLUMN : StructureOptions.ZSET_SCORE_COLUMN,
          "a 'zset' needs it",
          "Name one of " + String.join(", ", columns));
    }
    if (!types.get(score).is(LogicalTypeFamily.NUMERIC)) {
      throw options.wrong(
          StructureOptions.ZSET_SCORE_COLUMN,
          "column '" + columns.get(score) + "' is not a number",
          "Redis' scores are numbers: CAST it, for example to DOUBLE");
    }
  }

  @Nullable
  private static Integer maxSize(TableOptions options, StructureKind structure) {
    ConfigOption<Integer> option =
        switch (structure) {
          case ZSET -> StructureOptions.ZSET_MAX_SIZE;
          case LIST -> StructureOptions.LIST_MAX_LENGTH;
          case STREAM -> StructureOptions.STREAM_MAX_LENGTH;
          case HASH, STRING, MAP -> null;
        };
    return option == null || options.get(option) == null ? null : options.atLeast(1, option);
  }
}
