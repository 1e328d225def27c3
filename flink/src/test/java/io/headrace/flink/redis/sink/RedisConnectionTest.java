package io.headrace.flink.redis.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.ConnectionOptions;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.server.RedisServer;
import io.lettuce.core.AclSetuserArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Opening a connection either works, or says what to do, and never tells the password. */
class RedisConnectionTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  @TempDir Path folder;

  private static void open(Configs config) throws IOException {
    RedisPipeline.open(config.build().target(), List.of()).close();
  }

  private String passwordFile(String content) throws IOException {
    return Files.writeString(folder.resolve("password"), content).toString();
  }

  @AfterEach
  void withoutPassword() {
    REDIS.commands().configSet("requirepass", "");
  }

  @Test
  void passwordComesFromAFileWithOrWithoutLineEnd() throws Exception {
    REDIS.commands().configSet("requirepass", "s3cret");
    open(Configs.of(REDIS.url()).with(ConnectionOptions.PASSWORD_FILE, passwordFile("s3cret\n")));
    open(Configs.of(REDIS.url()).with(ConnectionOptions.PASSWORD_FILE, passwordFile("s3cret\r\n")));
    open(Configs.of(REDIS.url()).with(ConnectionOptions.PASSWORD_FILE, passwordFile("s3cret")));
  }

  @Test
  void userLogsInWithItsOwnPassword() throws Exception {
    REDIS
        .commands()
        .aclSetuser("ann", AclSetuserArgs.Builder.on().addPassword("hers").allKeys().allCommands());
    open(
        Configs.of(REDIS.url())
            .with(ConnectionOptions.USERNAME, "ann")
            .with(ConnectionOptions.PASSWORD_FILE, passwordFile("hers")));
  }

  @Test
  void wrongPassword() throws Exception {
    REDIS.commands().configSet("requirepass", "s3cret");
    Configs config =
        Configs.of(REDIS.url()).with(ConnectionOptions.PASSWORD_FILE, passwordFile("guessed"));

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:" + REDIS.port())
        .hasMessageContaining("WRONGPASS")
        .hasMessageContaining("Check the options 'username' and 'password-file'")
        .satisfies(e -> assertThat(ExceptionUtils.stringifyException(e)).doesNotContain("guessed"));
  }

  @Test
  void missingPassword() {
    REDIS.commands().configSet("requirepass", "s3cret");

    assertThatThrownBy(() -> open(Configs.of(REDIS.url())))
        .hasMessageContaining("NOAUTH")
        .hasMessageContaining("the option 'password-file'");
  }

  @Test
  void missingPasswordFile() {
    Configs config = Configs.of(REDIS.url()).with(ConnectionOptions.PASSWORD_FILE, "no/such/file");

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Table c.d.item, option 'password-file': 'no/such/file'")
        .hasMessageContaining("on each TaskManager");
  }

  @Test
  void nobodyListens() {
    assertThatThrownBy(() -> open(Configs.of("redis://127.0.0.1:1")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:1: cannot connect")
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("Check the option 'url'");
  }

  @Test
  void databaseThatDoesNotExist() {
    String url = "redis://127.0.0.1:" + REDIS.port() + "/99";

    assertThatThrownBy(() -> open(Configs.of(url)))
        .hasMessageContaining("DB index is out of range")
        .hasMessageContaining("Check the option 'url'");
  }
}
