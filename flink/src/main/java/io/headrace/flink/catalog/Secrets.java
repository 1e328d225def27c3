package io.headrace.flink.catalog;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.table.catalog.exceptions.CatalogException;

/**
 * Keeps secrets out of the catalog's files, where everybody who may query may read them. An option
 * that holds a secret by its name must hold a placeholder instead; and what looks like a password
 * inside another value (a URL, a JAAS configuration) must be one too.
 */
final class Secrets {

  /** By the end of a name: {@code password-file}, {@code max-tokens} or a URL are no secrets. */
  private static final Pattern NAME =
      Pattern.compile(
          "(password|passwd|passphrase|secret|token"
              + "|(api|secret|private|access|service|account|keystore)[._-]?key"
              + "|credentials?|auth-params|user-info|http-headers|fs\\.azure\\.account\\.key\\..*)$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern IN_URL =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]*:[^/?#@\\s]+@", Pattern.CASE_INSENSITIVE);

  /** In the parameters of a URL, and in Kafka's {@code sasl.jaas.config}. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:[?&;]|\\s)[\\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key)"
              + "\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^&;\\s]*)",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether an option or a placeholder of this name holds a secret. */
  static boolean isSecret(String name) {
    return NAME.matcher(name).find();
  }

  /**
   * @param place what the options belong to, for error messages
   * @throws CatalogException if one of them holds a secret itself
   */
  static void refuse(String place, Map<String, String> options) {
    options.forEach(
        (option, value) -> {
          if (isSecret(option) ? !Placeholders.isIn(value) : holdsSecret(value)) {
            throw new CatalogException(
                String.format(
                    "%s, option '%s': it holds a secret, and the catalog's files are no place for"
                        + " one. Use the connector's file option if it has one ('password-file' ="
                        + " '/run/secrets/…'); else write a placeholder such as ${%s} in its place,"
                        + " and give its value in the environment variable %s, or in a file that %s"
                        + " names, where the session runs.",
                    place,
                    option,
                    example(option),
                    Placeholders.variable(example(option)),
                    Placeholders.variable(example(option) + "-file")));
          }
        });
  }

  private static boolean holdsSecret(String value) {
    return IN_URL.matcher(value).results().anyMatch(match -> !Placeholders.isIn(match.group()))
        || ASSIGNED
            .matcher(value)
            .results()
            .anyMatch(match -> !match.group(1).isEmpty() && !Placeholders.isIn(match.group(1)));
  }

  private static String example(String option) {
    return isSecret(option) ? option : option + ".password";
  }
}
