package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.table.TableOptions;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/** Reads the options that {@link ConnectionOptions} lists. */
public final class RedisTargets {

  private RedisTargets() {}

  /**
   * @throws org.apache.flink.table.api.ValidationException if an option is wrong
   */
  public static RedisTarget of(TableOptions options) {
    RedisAddress address = address(options);
    return new RedisTarget(
        options.table(),
        address,
        credentials(
            options,
            ConnectionOptions.USERNAME,
            ConnectionOptions.PASSWORD_FILE,
            ConnectionOptions.PASSWORD_ENVIRONMENT),
        sentinelCredentials(options),
        tls(options, address),
        options.positive(ConnectionOptions.COMMAND_TIMEOUT),
        options.positive(ConnectionOptions.CONNECT_TIMEOUT));
  }

  private static RedisAddress address(TableOptions options) {
    try {
      return RedisAddress.parse(options.get(ConnectionOptions.URL));
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          String.format("Table %s, option 'url': %s.", options.table(), e.getMessage()), e);
    }
  }

  private static Credentials credentials(
      TableOptions options,
      ConfigOption<String> username,
      ConfigOption<String> file,
      ConfigOption<String> environment) {
    String user = options.get(username);
    String passwordFile = options.get(file);
    String variable = options.get(environment);
    if (passwordFile != null && variable != null) {
      throw options.wrong(
          environment,
          "'" + file.key() + "' is set too, and there is one password",
          "Leave one of the two out");
    }
    if (user != null && passwordFile == null && variable == null) {
      throw options.wrong(
          username,
          "a user needs a password",
          "Name the file that holds it in '"
              + file.key()
              + "', or an environment variable in '"
              + environment.key()
              + "'");
    }
    return new Credentials(user, passwordFile, variable);
  }

  @Nullable
  private static Credentials sentinelCredentials(TableOptions options) {
    Credentials credentials =
        credentials(
            options,
            ConnectionOptions.SENTINEL_USERNAME,
            ConnectionOptions.SENTINEL_PASSWORD_FILE,
            ConnectionOptions.SENTINEL_PASSWORD_ENVIRONMENT);
    return credentials.isNone() ? null : credentials;
  }

  private static Tls tls(TableOptions options, RedisAddress address) {
    for (ConfigOption<String> file :
        List.of(
            ConnectionOptions.TLS_CA_FILE,
            ConnectionOptions.TLS_CERTIFICATE_FILE,
            ConnectionOptions.TLS_KEY_FILE)) {
      if (options.get(file) != null && !address.tls()) {
        throw options.wrong(
            file, "the 'url' says no TLS", "Write 'rediss://…' (two s), or leave this out");
      }
    }
    String certificate = options.get(ConnectionOptions.TLS_CERTIFICATE_FILE);
    String key = options.get(ConnectionOptions.TLS_KEY_FILE);
    if ((certificate == null) != (key == null)) {
      throw options.wrong(
          certificate == null
              ? ConnectionOptions.TLS_CERTIFICATE_FILE
              : ConnectionOptions.TLS_KEY_FILE,
          "it is missing, and a certificate goes with its key",
          "Set both, or none");
    }
    return new Tls(
        options.get(ConnectionOptions.TLS_CA_FILE),
        certificate,
        key,
        options.get(ConnectionOptions.TLS_VERIFY_HOSTNAME));
  }
}
