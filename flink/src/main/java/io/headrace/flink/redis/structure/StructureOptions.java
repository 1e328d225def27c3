package io.headrace.flink.redis.structure;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that say how a table's rows stand in Redis. */
public final class StructureOptions {

  /** {@code fields.<column>.format}; its one value is {@link #VECTOR}. */
  public static final String FIELDS_PREFIX = "fields.";

  public static final String FORMAT_SUFFIX = ".format";
  public static final String VECTOR = "vector";

  public static final ConfigOption<StructureKind> STRUCTURE =
      ConfigOptions.key("structure")
          .enumType(StructureKind.class)
          .defaultValue(StructureKind.HASH)
          .withDescription(
              "How a row stands in Redis. 'hash': one hash a row, one field a column. 'string': one"
                  + " value a row. 'map': a field of a hash. 'zset': a member and its score in a sorted set. 'list' and"
                  + " 'stream': an element; rows are only ever appended.");

  public static final ConfigOption<String> KEY =
      ConfigOptions.key("key")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The Redis key of a row, with columns in angle brackets: 'user:<user_id>:items'."
                  + " '{<user_id>}:items' puts all keys of a user into one slot of a cluster. By"
                  + " default the table's name and the primary key's columns:"
                  + " '<table>:<column>:<column>' (for 'zset' and 'map' without the member or field). If it has more"
                  + " than one column, ':' and '%' inside values are percent-encoded, so that no"
                  + " two rows share a key.");

  public static final ConfigOption<String> VALUE_COLUMN =
      ConfigOptions.key("value.column")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "For 'string', 'map' and 'list': the column whose value is stored as it is. Without it,"
                  + " the row is stored as a JSON object.");

  public static final ConfigOption<String> MAP_FIELD_COLUMN =
      ConfigOptions.key("map.field-column")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "For 'map': the column that is the field's name; part of the primary key.");

  public static final ConfigOption<String> ZSET_MEMBER_COLUMN =
      ConfigOptions.key("zset.member-column")
          .stringType()
          .noDefaultValue()
          .withDescription("For 'zset': the column that is the member; part of the primary key.");

  public static final ConfigOption<String> ZSET_SCORE_COLUMN =
      ConfigOptions.key("zset.score-column")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "For 'zset': the column that is the score. A number; Redis keeps it as a DOUBLE.");

  public static final ConfigOption<Integer> ZSET_MAX_SIZE =
      ConfigOptions.key("zset.max-size")
          .intType()
          .noDefaultValue()
          .withDescription(
              "For 'zset': how many members are kept; the others are removed at each sending. A"
                  + " removed member comes back only with its next row, so where scores also fall,"
                  + " let the query deliver the top rows (ROW_NUMBER) and leave this out.");

  public static final ConfigOption<Keep> ZSET_KEEP =
      ConfigOptions.key("zset.keep")
          .enumType(Keep.class)
          .defaultValue(Keep.HIGHEST)
          .withDescription("For 'zset.max-size': which scores are kept.");

  public static final ConfigOption<Integer> LIST_MAX_LENGTH =
      ConfigOptions.key("list.max-length")
          .intType()
          .noDefaultValue()
          .withDescription("For 'list': how many elements are kept, the last written ones.");

  public static final ConfigOption<Push> LIST_PUSH =
      ConfigOptions.key("list.push")
          .enumType(Push.class)
          .defaultValue(Push.LEFT)
          .withDescription(
              "For 'list': the end at which a row is added. 'left' (LPUSH) puts the latest first.");

  public static final ConfigOption<Integer> STREAM_MAX_LENGTH =
      ConfigOptions.key("stream.max-length")
          .intType()
          .noDefaultValue()
          .withDescription(
              "For 'stream': how many entries are kept (XADD MAXLEN). Exact, not approximate.");

  public static final ConfigOption<Duration> TTL =
      ConfigOptions.key("ttl")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long a key lives after it was last written, for example '7 d'. Without it, until"
                  + " it is deleted. A row's own time, in milliseconds, is the metadata"
                  + " column 'ttl BIGINT METADATA'.");

  public static final Set<ConfigOption<?>> ALL =
      Set.of(
          STRUCTURE,
          KEY,
          VALUE_COLUMN,
          MAP_FIELD_COLUMN,
          ZSET_MEMBER_COLUMN,
          ZSET_SCORE_COLUMN,
          ZSET_MAX_SIZE,
          ZSET_KEEP,
          LIST_MAX_LENGTH,
          LIST_PUSH,
          STREAM_MAX_LENGTH,
          TTL);

  /** Which end of a sorted set is kept. */
  public enum Keep {
    HIGHEST,
    LOWEST
  }

  /** The end of a list at which rows are added. */
  public enum Push {
    LEFT,
    RIGHT
  }

  private StructureOptions() {}
}
