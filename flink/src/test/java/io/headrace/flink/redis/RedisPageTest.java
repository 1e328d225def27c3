package io.headrace.flink.redis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.lookup.RedisLookupOptions;
import io.headrace.flink.redis.scan.ScanOptions;
import io.headrace.flink.redis.sink.SinkOptions;
import io.headrace.flink.redis.structure.StructureOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/**
 * The page's table of options is what the code says. {@code -Dheadrace.docs.write} writes it there
 * ({@code make docs}).
 */
class RedisPageTest {

  private static final Path PAGE = Path.of("../docs/redis.md");
  private static final String BEGIN = "<!-- options: made by `make docs` -->\n";
  private static final String END = "<!-- end of options -->\n";

  private static final Map<String, Set<ConfigOption<?>>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Connection", ConnectionOptions.ALL);
    GROUPS.put("Structure", StructureOptions.ALL);
    GROUPS.put("Sink", SinkOptions.ALL);
    GROUPS.put("Lookup", RedisLookupOptions.ALL);
    GROUPS.put("Scan", ScanOptions.ALL);
  }

  @Test
  void optionsAreThoseOfTheCode() throws Exception {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    String expected = before + tables() + after;
    if (System.getProperty("headrace.docs.write") != null) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).as("`make docs` brings it up to date").isEqualTo(expected);
  }

  @Test
  void everyOptionIsInAGroup() {
    Set<ConfigOption<?>> all = new HashSet<>();
    GROUPS.values().forEach(all::addAll);
    RedisTableFactory factory = new RedisTableFactory();
    Set<ConfigOption<?>> options = new HashSet<>(factory.optionalOptions());
    options.addAll(factory.requiredOptions());

    assertThat(all).isEqualTo(options);
  }

  private static String tables() {
    return GROUPS.entrySet().stream()
        .map(group -> "\n### " + group.getKey() + "\n\n" + table(group.getValue()))
        .collect(joining("", "", "\n"));
  }

  private static String table(Set<ConfigOption<?>> options) {
    return options.stream()
        .sorted(Comparator.comparing(ConfigOption::key))
        .map(RedisPageTest::row)
        .collect(joining("", "| option | default | |\n| --- | --- | --- |\n", ""));
  }

  private static String row(ConfigOption<?> option) {
    return "| `%s` | %s | %s |\n"
        .formatted(
            option.key(),
            option.hasDefaultValue() ? "`" + text(option.defaultValue()) + "`" : "",
            description(option));
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : value.toString();
  }

  private static String description(ConfigOption<?> option) {
    return new HtmlFormatter()
        .format(option.description())
        .replaceAll("</?code[^>]*>", "`")
        .replace("|", "\\|");
  }
}
