package io.headrace.flink.redis.connection;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that say where Redis is and how to log in. */
public final class ConnectionOptions {

  public static final ConfigOption<String> URL =
      ConfigOptions.key("url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "One server: 'redis://host:6379/0', the number is the database. Sentinel:"
                  + " 'redis-sentinel://host:26379,host:26379/0#primary-name'. Cluster:"
                  + " 'redis-cluster://host:6379,host:6379'. With TLS: 'rediss://',"
                  + " 'rediss-sentinel://', 'rediss-cluster://'. Credentials have options of their"
                  + " own.");

  public static final ConfigOption<String> USERNAME =
      ConfigOptions.key("username")
          .stringType()
          .noDefaultValue()
          .withDescription("The ACL user to log in as. Without it, Redis' default user.");

  public static final ConfigOption<String> PASSWORD_FILE =
      ConfigOptions.key("password-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A file with the password, on every machine that runs a TaskManager. It is read at"
                  + " each new connection, so a rotated password needs no restart; a line end after"
                  + " the password is ignored. The password never enters the job graph or a log.");

  public static final ConfigOption<String> PASSWORD_ENVIRONMENT =
      ConfigOptions.key("password-environment")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Instead of 'password-file': the name of an environment variable of the TaskManagers"
                  + " that holds the password.");

  public static final ConfigOption<String> SENTINEL_USERNAME =
      ConfigOptions.key("sentinel.username")
          .stringType()
          .noDefaultValue()
          .withDescription("The ACL user for the Sentinels, if they ask for one.");

  public static final ConfigOption<String> SENTINEL_PASSWORD_FILE =
      ConfigOptions.key("sentinel.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("A file with the password for the Sentinels, if they ask for one.");

  public static final ConfigOption<String> SENTINEL_PASSWORD_ENVIRONMENT =
      ConfigOptions.key("sentinel.password-environment")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Instead of 'sentinel.password-file': the name of an environment variable.");

  public static final ConfigOption<String> TLS_CA_FILE =
      ConfigOptions.key("tls.ca-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "For TLS: a PEM file with the certificates that are trusted. Without it, those that"
                  + " Java trusts.");

  public static final ConfigOption<String> TLS_CERTIFICATE_FILE =
      ConfigOptions.key("tls.certificate-file")
          .stringType()
          .noDefaultValue()
          .withDescription("For TLS where Redis asks for it: our certificate, a PEM file.");

  public static final ConfigOption<String> TLS_KEY_FILE =
      ConfigOptions.key("tls.key-file")
          .stringType()
          .noDefaultValue()
          .withDescription("The key of 'tls.certificate-file', a PEM file (PKCS #8).");

  public static final ConfigOption<Boolean> TLS_VERIFY_HOSTNAME =
      ConfigOptions.key("tls.verify-hostname")
          .booleanType()
          .defaultValue(true)
          .withDescription("For TLS: whether the server's certificate must name its host.");

  public static final ConfigOption<Duration> COMMAND_TIMEOUT =
      ConfigOptions.key("command.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long Redis may take to answer before the connection counts as lost. What was not"
                  + " answered is sent again, see 'sink.retry.timeout' and 'lookup.max-retries'.");

  public static final ConfigOption<Duration> CONNECT_TIMEOUT =
      ConfigOptions.key("connect.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("How long connecting to a server may take.");

  public static final Set<ConfigOption<?>> ALL =
      Set.of(
          URL,
          USERNAME,
          PASSWORD_FILE,
          PASSWORD_ENVIRONMENT,
          SENTINEL_USERNAME,
          SENTINEL_PASSWORD_FILE,
          SENTINEL_PASSWORD_ENVIRONMENT,
          TLS_CA_FILE,
          TLS_CERTIFICATE_FILE,
          TLS_KEY_FILE,
          TLS_VERIFY_HOSTNAME,
          COMMAND_TIMEOUT,
          CONNECT_TIMEOUT);

  private ConnectionOptions() {}
}
