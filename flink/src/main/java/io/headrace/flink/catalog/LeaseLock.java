package io.headrace.flink.catalog;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says who writes, on a file system without locks of its own. Its owner deletes it; if
 * the owner has crashed, others delete it after they have seen it unchanged for the lease, by their
 * own clocks.
 *
 * <p>HDFS creates a file for one of several that try. Object stores look first and write then, so
 * several may believe that they have created it, and the last one is right. There the owner waits
 * for half a second before it reads whether it is the last one. A writer that stalls for longer
 * than that, just between looking and writing, is not noticed.
 */
final class LeaseLock implements AutoCloseable {

  /** How long an object store may take between looking for a file and writing it. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  private static final Set<String> CREATE_FOR_ONE = Set.of("hdfs", "viewfs");
  private static final int MOST_REFUSALS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);

  private final FileSystem files;
  private final Path file;
  private final Duration lease;
  private final String owner =
      ManagementFactory.getRuntimeMXBean().getName() + " " + UUID.randomUUID();
  private boolean settles;
  private int refusals;
  private long heldSince;

  private LeaseLock(FileSystem files, Path file, Duration lease) {
    this.files = files;
    this.file = file;
    this.lease = lease;
    this.settles = !CREATE_FOR_ONE.contains(files.getUri().getScheme());
  }

  /**
   * @param lease after how long others take the lock away from an owner that does not give it back
   * @throws IOException if others hold it, one after the other, for longer than two leases
   */
  static LeaseLock acquire(FileSystem files, Path file, Duration lease) throws IOException {
    var lock = new LeaseLock(files, file, lease);
    var patience = new Patience(lease.multipliedBy(2), file.toString());
    String seen = null;
    long seenSince = 0;
    while (!lock.tryAcquire()) {
      patience.pause();
      String now = lock.ownerNow().orElse(null);
      if (now == null || !now.equals(seen)) {
        seen = now;
        seenSince = System.nanoTime();
      } else if (since(seenSince).compareTo(lease) > 0) {
        LOG.warn("Catalog lock {}: {} has not given it back for {}; taken away.", file, now, lease);
        files.delete(file, false);
        // Another one may take it away too, and delete what this one creates now.
        lock.settles = true;
        seen = null;
      }
    }
    return lock;
  }

  private boolean tryAcquire() throws IOException {
    if (files.exists(file)) {
      return false;
    }
    heldSince = System.nanoTime();
    try {
      FileSystemStorage.create(
          files, file, owner.getBytes(StandardCharsets.UTF_8), FileSystem.WriteMode.NO_OVERWRITE);
    } catch (IOException e) {
      // Another one was faster; if it is not that, it happens again and again.
      refusals += 1;
      if (refusals == MOST_REFUSALS) {
        throw e;
      }
      return false;
    }
    if (settles) {
      Patience.sleep(SETTLING);
    }
    return isOwner();
  }

  private boolean isOwner() throws IOException {
    return ownerNow().equals(Optional.of(owner));
  }

  private Optional<String> ownerNow() throws IOException {
    return FileSystemStorage.read(files, file)
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }

  /**
   * Called before each step of a change.
   *
   * @throws IOException if the lock may be another session's before the step is done
   */
  void requireHeld() throws IOException {
    if (since(heldSince).compareTo(lease.dividedBy(2)) > 0 || !isOwner()) {
      throw new IOException(
          String.format(
              "the file system took so long that the lock %s may be another session's by now; run"
                  + " the statement again",
              file));
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  @Override
  public void close() {
    try {
      if (isOwner()) {
        files.delete(file, false);
      }
    } catch (IOException e) {
      // The change is made; others wait until the lease is over.
      LOG.warn("Catalog lock {}: it could not be deleted: {}", file, e.toString());
    }
  }
}
