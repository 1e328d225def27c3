package io.headrace.flink.redis.table;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** The options of one table; whatever is wrong with one is said with the table's name. */
public final class TableOptions {

  private final String table;
  private final ReadableConfig options;

  public TableOptions(String table, ReadableConfig options) {
    this.table = table;
    this.options = options;
  }

  /** The table's full name, for messages. */
  public String table() {
    return table;
  }

  public <T> T get(ConfigOption<T> option) {
    return options.get(option);
  }

  public <T> Optional<T> optional(ConfigOption<T> option) {
    return options.getOptional(option);
  }

  /** Null if the option is not set; at least a millisecond if it is. */
  public Duration positiveOrNull(ConfigOption<Duration> option) {
    Duration value = options.get(option);
    return value == null ? null : positive(option);
  }

  public Duration positive(ConfigOption<Duration> option) {
    Duration value = options.get(option);
    if (value.toMillis() <= 0) {
      throw wrong(
          option,
          "it is " + value.toMillis() + " ms, which is not above zero",
          "Write a duration such as '5 ms', '10 s' or '7 d'");
    }
    return value;
  }

  public int atLeast(int least, ConfigOption<Integer> option) {
    int value = options.get(option);
    if (value < least) {
      throw wrong(option, "it is " + value, "Write a number of " + least + " or more");
    }
    return value;
  }

  public long bytes(ConfigOption<MemorySize> option) {
    long value = options.get(option).getBytes();
    if (value <= 0) {
      throw wrong(option, "it is " + value + " bytes", "Write a size such as '2 mb'");
    }
    return value;
  }

  /** What to throw for a wrong option. The place, the fact and the remedy, without a full stop. */
  public ValidationException wrong(ConfigOption<?> option, String fact, String remedy) {
    return wrong(option.key(), fact, remedy);
  }

  public ValidationException wrong(String option, String fact, String remedy) {
    return new ValidationException(
        String.format("Table %s, option '%s': %s. %s.", table, option, fact, remedy));
  }

  /** What to throw for a table whose columns do not fit. */
  public ValidationException wrong(String fact, String remedy) {
    return new ValidationException(String.format("Table %s: %s. %s.", table, fact, remedy));
  }
}
