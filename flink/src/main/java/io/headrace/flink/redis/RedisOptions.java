package io.headrace.flink.redis;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;

/** What can be written in {@code CREATE TABLE … WITH ('connector' = 'redis', …)}. */
public final class RedisOptions {

  public static final String IDENTIFIER = "redis";

  public static final ConfigOption<String> URL =
      ConfigOptions.key("url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The server: 'redis://host:port/database', or 'rediss://…' for TLS. The port is 6379"
                  + " and the database 0 if left out. Credentials have options of their own.");

  public static final ConfigOption<String> USERNAME =
      ConfigOptions.key("username")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The ACL user to log in as, together with 'password-file'. Without it, Redis' default"
                  + " user.");

  public static final ConfigOption<String> PASSWORD_FILE =
      ConfigOptions.key("password-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A file with the password, on every machine where the sink runs (the TaskManagers)."
                  + " It is read when a writer opens, and a line end after the password is"
                  + " ignored. The password itself never enters the job graph or a log.");

  public static final ConfigOption<String> KEY_PREFIX =
      ConfigOptions.key("key.prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What a row's Redis key starts with: '<prefix>:<primary key>'. The table's name by"
                  + " default. If the primary key has more than one column, ':' and '%' inside"
                  + " its values are percent-encoded, so that no two rows share a key.");

  public static final ConfigOption<Duration> TTL =
      ConfigOptions.key("ttl")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long a row lives after it was last written, for example '7 d'. Without it, until"
                  + " it is deleted.");

  public static final ConfigOption<Integer> BUFFER_MAX_ROWS =
      ConfigOptions.key("sink.buffer-flush.max-rows")
          .intType()
          .defaultValue(500)
          .withDescription(
              "Rows that are gathered before they are sent together. Of several rows with one key,"
                  + " only the last is sent.");

  public static final ConfigOption<Duration> BUFFER_INTERVAL =
      ConfigOptions.key("sink.buffer-flush.interval")
          .durationType()
          .defaultValue(Duration.ofMillis(5))
          .withDescription("The longest time that a row waits for others before it is sent.");

  public static final ConfigOption<Integer> MAX_IN_FLIGHT =
      ConfigOptions.key("sink.max-in-flight")
          .intType()
          .defaultValue(2)
          .withDescription(
              "Sendings that may await Redis' answer at a time. When it is reached, the sink holds"
                  + " the stream back until the oldest is answered.");

  public static final ConfigOption<Duration> COMMAND_TIMEOUT =
      ConfigOptions.key("command.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long Redis may take to answer a sending, a reconnection included. After that"
                  + " the job fails over and repeats from its last checkpoint.");

  public static final ConfigOption<Duration> CONNECT_TIMEOUT =
      ConfigOptions.key("connect.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("How long connecting to Redis may take.");

  public static final ConfigOption<Integer> SINK_PARALLELISM = FactoryUtil.SINK_PARALLELISM;

  private RedisOptions() {}
}
