package io.headrace.flink.catalog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/**
 * Which version of a file a statement is based on. Flink reads an object, changes it in memory and
 * hands the changed one back; it does so in one thread, and other threads may run other statements
 * of the same session meanwhile. So each thread has a memory of its own.
 */
final class ReadVersions {

  private final ThreadLocal<Map<Path, String>> versions = ThreadLocal.withInitial(HashMap::new);

  /**
   * @param content empty where there is no such file
   */
  void remember(Path file, Optional<byte[]> content) {
    content.ifPresentOrElse(
        present -> versions.get().put(file, version(present)), () -> forget(file));
  }

  void forget(Path file) {
    versions.get().remove(file);
  }

  /** False as well where this thread has not read the file: then its change is based on nothing. */
  boolean isOutdated(Path file, Optional<byte[]> content) {
    String read = versions.get().get(file);
    return read != null && !content.map(ReadVersions::version).equals(Optional.of(read));
  }

  private static String version(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
