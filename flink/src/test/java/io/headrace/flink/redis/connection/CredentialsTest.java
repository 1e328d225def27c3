package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.ExceptionUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who logs in as whom, with a password that is read when it is needed and never told. */
@Timeout(60)
class CredentialsTest {

  private static final String PASSWORD = "s3cret-default";
  private static final String ANNS_PASSWORD = "s3cret-ann";

  @RegisterExtension
  static final RedisServer REDIS =
      RedisServer.builder()
          .password(PASSWORD)
          .user("ann", "on >" + ANNS_PASSWORD + " ~item:* +set +get +ping")
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @AfterEach
  void firstPassword() {
    REDIS.commands().configSet("requirepass", PASSWORD);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("password"), content);
  }

  private static RedisTarget target(String username, Path passwordFile) {
    return Targets.of(REDIS.url(), new Credentials(username, passwordFile.toString(), null));
  }

  private static List<ThrowingCallable> opens(RedisTarget target) {
    return List.of(() -> RedisPipeline.open(target, List.of()), () -> RedisReader.open(target));
  }

  private static void openBoth(RedisTarget target) throws IOException {
    RedisPipeline.open(target, List.of()).close();
    RedisReader.open(target).close();
  }

  private static List<PipelineFailure> set(RedisPipeline pipeline, String key) throws Exception {
    return pipeline.send(List.of(command("SET", key, "v"))).await(PATIENCE);
  }

  @Test
  void passwordComesFromAFileWithOrWithoutLineEnd() throws Exception {
    for (String content : List.of(PASSWORD, PASSWORD + "\n", PASSWORD + "\r\n")) {
      openBoth(target(null, file(content)));
    }
  }

  @Test
  void passwordComesFromTheEnvironment() throws Exception {
    // No test can set a variable of its own process; this one is always there.
    REDIS.commands().configSet("requirepass", System.getenv("PATH"));
    openBoth(Targets.of(REDIS.url(), new Credentials(null, null, "PATH")));
  }

  @Test
  void variableThatIsMissing() {
    RedisTarget target =
        Targets.of(REDIS.url(), new Credentials(null, null, "HEADRACE_NO_SUCH_VARIABLE"));
    for (ThrowingCallable open : opens(target)) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "Table c.d.item, environment variable 'HEADRACE_NO_SUCH_VARIABLE': it is not set");
    }
  }

  @Test
  void fileThatIsMissing() {
    for (ThrowingCallable open : opens(target(null, Path.of("no/such/file")))) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, option 'password-file': 'no/such/file'")
          .hasMessageContaining("on each TaskManager");
    }
  }

  @Test
  void userMayDoWhatItMay() throws Exception {
    RedisTarget target = target("ann", file(ANNS_PASSWORD));
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of());
        RedisReader reader = RedisReader.open(target)) {
      assertThat(set(pipeline, "item:1")).isEmpty();
      assertThat(reader.async().get(bytes("item:1")).get()).isEqualTo(bytes("v"));

      List<PipelineFailure> failures = set(pipeline, "other:1");
      assertThat(failures.get(0).kind()).isEqualTo(Kind.REFUSED);
      assertThatThrownBy(() -> pipeline.recover(failures, PATIENCE))
          .hasMessageStartingWith("Table c.d.item, key 'other:1', command SET: Redis at 127.0.0.1:")
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("ACL SETUSER");
    }
  }

  /** The user may not ask for its connection's number, nor kill one. */
  @Test
  void userWithFewRightsConnectsAgain() throws Exception {
    RedisTarget target = target("ann", file(ANNS_PASSWORD));
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      REDIS.killOtherClients();
      List<PipelineFailure> failures;
      do {
        failures = set(pipeline, "item:1");
      } while (failures.isEmpty());
      pipeline.recover(failures, PATIENCE);

      assertThat(set(pipeline, "item:1")).isEmpty();
    }
  }

  @Test
  void wrongPassword() throws Exception {
    for (ThrowingCallable open : opens(target("ann", file("guessed")))) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:" + REDIS.port())
          .hasMessageContaining("WRONGPASS")
          .hasMessageContaining("Check the options 'username' and 'password-file'")
          .satisfies(
              e -> assertThat(ExceptionUtils.stringifyException(e)).doesNotContain("guessed"));
    }
  }

  @Test
  void missingPassword() {
    for (ThrowingCallable open : opens(Targets.of(REDIS.url()))) {
      assertThatThrownBy(open)
          .hasMessageContaining("NOAUTH")
          .hasMessageContaining("the option 'password-file'");
    }
  }

  @Test
  void passwordIsReadAgainForEachConnection() throws Exception {
    RedisTarget target = target(null, file(PASSWORD));
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of());
        RedisReader reader = RedisReader.open(target)) {
      REDIS.commands().configSet("requirepass", "rotated");
      file("rotated");
      REDIS.killOtherClients();
      List<PipelineFailure> failures;
      do {
        failures = set(pipeline, "item:1");
      } while (failures.isEmpty());
      pipeline.recover(failures, PATIENCE);

      assertThat(set(pipeline, "item:1")).isEmpty();
      Readers.awaitValue(reader, "item:1", "v");
    }
  }

  @Test
  void passwordThatIsChangedInRedisFirstIsWaitedFor() throws Exception {
    RedisTarget target = target(null, file(PASSWORD));
    try (RedisPipeline pipeline = RedisPipeline.open(target, List.of())) {
      REDIS.commands().configSet("requirepass", "rotated");
      REDIS.killOtherClients();
      List<PipelineFailure> failures;
      do {
        failures = set(pipeline, "item:1");
      } while (failures.isEmpty());
      List<PipelineFailure> lost = failures;
      assertThatThrownBy(() -> pipeline.recover(lost, Duration.ofMillis(100)))
          .hasMessageContaining("WRONGPASS");
      file("rotated");
      pipeline.recover(failures, PATIENCE);

      assertThat(set(pipeline, "item:1")).isEmpty();
    }
  }
}
