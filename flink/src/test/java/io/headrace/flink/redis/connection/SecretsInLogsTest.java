package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.util.InstantiationUtil;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Passwords are neither in what Lettuce logs, nor in what travels in the job graph. */
class SecretsInLogsTest {

  private static final String PASSWORD = "s3cret";

  @RegisterExtension
  static final RedisServer REDIS = RedisServer.builder().password(PASSWORD).build();

  @TempDir Path folder;

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig logger = new LoggerConfig("io.lettuce", Level.DEBUG, false);
  private RedisTarget target;

  @BeforeEach
  void logAll() throws Exception {
    String file = Files.writeString(folder.resolve("password"), PASSWORD).toString();
    target = Targets.of(REDIS.url(), new Credentials("default", file, null));
    AbstractAppender appender =
        new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage() + event.getThrown());
          }
        };
    appender.start();
    logger.addAppender(appender, Level.DEBUG, null);
    context.getConfiguration().addLogger("io.lettuce", logger);
    context.updateLoggers();
  }

  @AfterEach
  void logAsBefore() {
    context.getConfiguration().removeLogger("io.lettuce");
    context.updateLoggers();
  }

  @Test
  void debugLogsTellNoPasswordAndNoValue() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of());
        RedisReader reader = RedisReader.open(target)) {
      var answers = pipeline.send(List.of(command("SET", "k", "a private value")));
      assertThat(answers.await(Duration.ofSeconds(10))).isEmpty();
      reader.async().get(bytes("k")).get();
    }

    assertThat(lines)
        .anyMatch(line -> line.contains("AUTH"))
        .noneMatch(line -> line.contains(PASSWORD))
        .noneMatch(line -> line.contains("a private value"));
  }

  @Test
  void targetsTravelWithoutSecrets() throws Exception {
    byte[] bytes = InstantiationUtil.serializeObject(target);

    assertThat(
            (RedisTarget) InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader()))
        .isEqualTo(target);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
    assertThat(target.toString()).doesNotContain(PASSWORD);
  }
}
