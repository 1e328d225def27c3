package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Redis gets a new password, and ends the connections of those who logged in with the old one. */
@Timeout(300)
class RotatedPasswordTest {

  private static final String OLD = "the-old-secret";
  private static final String NEW = "the-new-secret";

  @RegisterExtension
  static final RedisServer REDIS =
      RedisServer.builder().user("writer", "on >" + OLD + " ~* +@all").build();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void oldPassword() throws IOException {
    REDIS.setPassword("writer", OLD);
    file = Files.writeString(folder.resolve("password"), OLD + "\n");
  }

  private FaultJob.Builder job() {
    return FaultJob.writing(Workload.USUAL, REDIS.url())
        .with("'username' = 'writer'", "'password-file' = '" + file + "'");
  }

  private void rotate() {
    REDIS.setPassword("writer", NEW);
    REDIS.killOtherClients();
  }

  @Test
  void fileIsUpdatedLate() throws Exception {
    try (FaultJob job = job().start()) {
      job.awaitMoreRows(3_000);
      rotate();
      REDIS.await(() -> REDIS.wrongPasswords() >= 3);
      Files.writeString(file, NEW + "\n");
      job.awaitEnd();

      FaultTable.exact("password rotated, file updated late", job, difference(job));
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void fileIsNeverUpdated() throws Exception {
    try (CapturedLog log = new CapturedLog();
        FaultJob job = job().with("'sink.retry.timeout' = '500 ms'").restarts(1).start()) {
      job.awaitMoreRows(3_000);
      rotate();
      String failure = job.awaitFailure();

      FaultTable.record(
          "password rotated, file never updated", job, difference(job), "failed with the reason");
      assertThat(failure)
          .contains("Table default_catalog.default_database.item, Redis at 127.0.0.1:")
          .contains("WRONGPASS invalid username-password pair")
          .contains("'password-file'")
          .doesNotContain(OLD);
      assertThat(log.text()).contains("WRONGPASS").doesNotContain(OLD);
    }
  }

  private Difference difference(FaultJob job) throws Exception {
    return Difference.of(REDIS.commands().getStatefulConnection().async(), job);
  }
}
