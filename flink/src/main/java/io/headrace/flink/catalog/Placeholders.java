package io.headrace.flink.catalog;

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
 * environment. The file keeps the text as written; the value comes, at each reading, from the
 * session's configuration ({@code headrace.kafka.bootstrap.servers}) or else from the environment
 * ({@code HEADRACE_KAFKA_BOOTSTRAP_SERVERS}). <code>$${x}</code> is a literal <code>${x}</code>.
 *
 * <p>Secrets are refused: SHOW CREATE TABLE would show them.
 */
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$?)\\{([^{}]*)}");
  private static final Pattern SECRET =
      Pattern.compile("password|secret|token", Pattern.CASE_INSENSITIVE);

  private final UnaryOperator<String> configuration;
  private final UnaryOperator<String> environment;

  private Placeholders(UnaryOperator<String> configuration, UnaryOperator<String> environment) {
    this.configuration = configuration;
    this.environment = environment;
  }

  /** The configuration is asked at each resolution: a later SET in the session counts. */
  static Placeholders of(ReadableConfig configuration, UnaryOperator<String> environment) {
    return new Placeholders(
        key ->
            configuration
                .getOptional(ConfigOptions.key(key).stringType().noDefaultValue())
                .orElse(null),
        environment);
  }

  /**
   * @param place what the options belong to, for error messages
   */
  Map<String, String> resolve(String place, Map<String, String> options) {
    Map<String, String> resolved = new HashMap<>();
    options.forEach((key, value) -> resolved.put(key, resolve(place, key, value)));
    return resolved;
  }

  String resolve(String place, String option, String value) {
    return PLACEHOLDER
        .matcher(value)
        .replaceAll(
            match -> {
              String text =
                  isEscaped(match)
                      ? match.group().substring(1)
                      : value(place, option, match.group(2));
              return Matcher.quoteReplacement(text);
            });
  }

  private String value(String place, String option, String name) {
    refuseSecret(place, option, name);
    String key = "headrace." + name;
    String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Optional.ofNullable(configuration.apply(key))
        .or(() -> Optional.ofNullable(environment.apply(variable)))
        .orElseThrow(
            () ->
                new CatalogException(
                    String.format(
                        "%s, option '%s': the placeholder ${%s} has no value. Set '%s' in the"
                            + " session (SET '%s' = '…') or in Flink's config.yaml, or set the"
                            + " environment variable %s where the session runs.",
                        place, option, name, key, key, variable)));
  }

  /** Called before options are stored, so that a mistake shows at CREATE and not at first use. */
  void refuseSecrets(String place, Map<String, String> options) {
    options.forEach(
        (option, value) ->
            PLACEHOLDER
                .matcher(value)
                .results()
                .filter(match -> !isEscaped(match))
                .forEach(match -> refuseSecret(place, option, match.group(2))));
  }

  private static void refuseSecret(String place, String option, String name) {
    boolean namesFile = option.endsWith("-file") || option.endsWith(".file");
    if (!namesFile && SECRET.matcher(name).find()) {
      throw new CatalogException(
          String.format(
              "%s, option '%s': the placeholder ${%s} looks like a secret, and SHOW CREATE TABLE"
                  + " would show its value. Put the secret in a file and use the connector's file"
                  + " option, for example 'password-file' = '/run/secrets/…'.",
              place, option, name));
    }
  }

  /**
   * The text to store for an altered object. Flink alters what it has read, so an option that did
   * not change comes back resolved; it keeps the text that is stored.
   */
  Map<String, String> keep(String place, Map<String, String> stored, Map<String, String> altered) {
    Map<String, String> kept = new HashMap<>(altered);
    stored.forEach(
        (option, text) ->
            kept.computeIfPresent(
                option, (key, value) -> value.equals(resolve(place, key, text)) ? text : value));
    return kept;
  }

  private static boolean isEscaped(MatchResult match) {
    return !match.group(1).isEmpty();
  }
}
