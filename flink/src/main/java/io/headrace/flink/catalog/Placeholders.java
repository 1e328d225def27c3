package io.headrace.flink.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.exceptions.CatalogException;

/**
 * Fills <code>${kafka.bootstrap.servers}</code> in option values, so that one catalog serves every
 * environment. Files, SHOW CREATE and LIKE keep the text as written; the value comes, each time the
 * object is put to use, from the session's configuration ({@code headrace.kafka.bootstrap.servers})
 * or else from the environment ({@code HEADRACE_KAFKA_BOOTSTRAP_SERVERS}). <code>$${x}</code> is a
 * literal <code>${x}</code>.
 *
 * <p>A secret, by its name, comes from the environment or from a file, which is named by {@code
 * headrace.<name>-file} or {@code HEADRACE_<NAME>_FILE}: SET shows a session's whole configuration.
 */
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$?)\\{([^{}]*)}");

  private final UnaryOperator<String> environment;

  Placeholders(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  static boolean isIn(String value) {
    return PLACEHOLDER.matcher(value).results().anyMatch(match -> !isEscaped(match));
  }

  /** The environment variable that gives a placeholder its value. */
  static String variable(String name) {
    return key(name).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String key(String name) {
    return "headrace." + name;
  }

  /**
   * @param place what the options belong to, for error messages
   * @param configuration the session's
   * @throws CatalogException if a placeholder has no value, naming where it can be set
   */
  Map<String, String> resolve(
      String place, Map<String, String> options, ReadableConfig configuration) {
    Map<String, String> resolved = new HashMap<>();
    options.forEach(
        (option, value) -> resolved.put(option, resolve(place, option, value, configuration)));
    return resolved;
  }

  String resolve(String place, String option, String value, ReadableConfig configuration) {
    String where = String.format("%s, option '%s'", place, option);
    return PLACEHOLDER
        .matcher(value)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    isEscaped(match)
                        ? match.group().substring(1)
                        : value(where, match.group(2), configuration)));
  }

  private String value(String where, String name, ReadableConfig configuration) {
    return Secrets.isSecret(name)
        ? secret(where, name, configuration)
        : setting(name, configuration)
            .orElseThrow(
                () ->
                    new CatalogException(
                        String.format(
                            "%s: the placeholder ${%s} has no value. Set '%s' in the session (SET"
                                + " '%s' = '…') or in Flink's config.yaml, or set the environment"
                                + " variable %s where the session runs.",
                            where, name, key(name), key(name), variable(name))));
  }

  private String secret(String where, String name, ReadableConfig configuration) {
    String fileName = name + "-file";
    return setting(fileName, configuration)
        .map(file -> content(where, name, file))
        .or(() -> Optional.ofNullable(environment.apply(variable(name))))
        .orElseThrow(
            () ->
                new CatalogException(
                    String.format(
                        "%s: the secret ${%s} has no value. Set the environment variable %s where"
                            + " the session runs, or name a file that holds it, in the environment"
                            + " variable %s or as '%s' in Flink's configuration. The configuration"
                            + " itself is no place for a secret: SET shows it.",
                        where, name, variable(name), variable(fileName), key(fileName))));
  }

  private static String content(String where, String name, String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
    } catch (IOException | IllegalArgumentException e) {
      throw new CatalogException(
          String.format(
              "%s: the secret ${%s} cannot be read from the file %s (%s). Let '%s' or %s name a"
                  + " file of the machine where the session runs, which that process may read.",
              where,
              name,
              file,
              e.getClass().getSimpleName(),
              key(name + "-file"),
              variable(name + "-file")));
    }
  }

  private Optional<String> setting(String name, ReadableConfig configuration) {
    return configuration
        .getOptional(ConfigOptions.key(key(name)).stringType().noDefaultValue())
        .or(() -> Optional.ofNullable(environment.apply(variable(name))));
  }

  private static boolean isEscaped(MatchResult match) {
    return !match.group(1).isEmpty();
  }
}
