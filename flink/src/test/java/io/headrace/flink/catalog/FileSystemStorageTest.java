package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash leaves on a file system that cannot replace a file in one step. */
class FileSystemStorageTest {

  private static final Duration LEASE = Duration.ofMillis(1500);

  private final URI root = URI.create("viewfs:///" + UUID.randomUUID());
  private final Path file = new Path(root + "/t.json");
  private final Path replacement = new Path(root + "/.t.json.new");
  private final Path lock = new Path(root + "/.lock");

  private FileSystem files;
  private Storage storage;

  @BeforeEach
  void openStorage() throws IOException {
    files = new Path(root).getFileSystem();
    storage = Storage.of(new Path(root));
  }

  private void write(Path path, String text) throws IOException {
    FileSystemStorage.create(files, path, bytes(text), FileSystem.WriteMode.OVERWRITE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String content() throws IOException {
    return new String(storage.read(file).orElseThrow(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewfs", "objects"})
  void sessionsOfSql(String scheme) {
    URI folder = URI.create(scheme + ":///" + UUID.randomUUID());
    var first = new Session(folder);
    var second = new Session(folder);
    first.run("CREATE DATABASE d");
    first.run("CREATE TABLE d.t (a INT)");
    second.run("ALTER TABLE d.t ADD (b INT)");
    second.run("ALTER TABLE d.t RENAME TO u");

    assertThat(first.rows("SHOW TABLES IN d")).containsExactly("u");
    assertThat(first.columns("d.u")).containsExactly("a", "b");
    first.run("DROP DATABASE d CASCADE");
    assertThat(second.rows("SHOW DATABASES")).containsExactly("default");
  }

  @Test
  void crashBeforeTheOldFileIsGone() throws Exception {
    write(file, "old");
    write(replacement, "ne");
    assertThat(content()).isEqualTo("old");

    try (var writer = storage.write()) {
      writer.put(file, bytes("other"));
    }
    assertThat(content()).isEqualTo("other");
    assertThat(files.exists(replacement)).isFalse();
  }

  @Test
  void crashAfterTheOldFileIsGone() throws Exception {
    write(replacement, "new");
    assertThat(content()).isEqualTo("new");
    assertThat(storage.exists(file)).isTrue();
    assertThat(storage.list(new Path(root))).containsExactly(new Storage.Entry("t.json", false));

    try (var writer = storage.write()) {
      writer.move(file, new Path(root + "/u.json"));
    }
    assertThat(storage.exists(file)).isFalse();
    assertThat(files.exists(new Path(root + "/u.json"))).isTrue();
  }

  @Test
  void dropAfterACrashBringsNothingBack() throws Exception {
    write(file, "old");
    write(replacement, "new");
    try (var writer = storage.write()) {
      writer.delete(file);
    }
    assertThat(storage.exists(file)).isFalse();
  }

  @Test
  void lockOfACrashedWriterIsTakenAway() throws Exception {
    write(lock, "4711@gone 1");
    long start = System.nanoTime();
    LeaseLock taken = LeaseLock.acquire(files, lock, LEASE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LEASE);

    taken.close();
    assertThat(files.exists(lock)).isFalse();
  }

  @Test
  void lockOfALivingWriterIsWaitedFor() throws Exception {
    LeaseLock held = LeaseLock.acquire(files, lock, Duration.ofSeconds(30));
    var releasing = new Thread(held::close);
    held.requireHeld();
    releasing.start();
    LeaseLock.acquire(files, lock, Duration.ofSeconds(30)).close();
    releasing.join();
  }

  @Test
  void slowWriterStopsBeforeOthersTakeItsLock() throws Exception {
    LeaseLock held = LeaseLock.acquire(files, lock, LEASE);
    LeaseLock second = LeaseLock.acquire(files, lock, LEASE);
    assertThatThrownBy(held::requireHeld).hasMessageContaining("may be another session's by now");

    held.close();
    second.requireHeld();
    second.close();
  }

  @Test
  void lockThatIsNeverFreeIsAnError() throws Exception {
    write(lock, "another");
    var running = new Thread(this::changeLockForEver);
    running.setDaemon(true);
    running.start();
    try {
      assertThatThrownBy(() -> LeaseLock.acquire(files, lock, Duration.ofMillis(300)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other sessions have held the lock " + lock);
    } finally {
      running.interrupt();
      running.join();
    }
  }

  /** Others come and go, and this one never gets it. */
  private void changeLockForEver() {
    while (!Thread.interrupted()) {
      try {
        write(lock, UUID.randomUUID().toString());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
