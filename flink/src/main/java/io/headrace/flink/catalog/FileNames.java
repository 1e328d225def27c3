package io.headrace.flink.catalog;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns names of catalog objects into names of files and back. Any character is allowed in a Flink
 * identifier; here everything but letters, digits, {@code _} and {@code -} is URL-encoded, the dot
 * too, so that no name can leave its folder or hide itself.
 */
final class FileNames {

  private FileNames() {}

  static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace(".", "%2E");
  }

  /** Empty for a file name that {@link #encode} cannot have written. */
  static Optional<String> decode(String fileName) {
    try {
      String name = URLDecoder.decode(fileName, StandardCharsets.UTF_8);
      return encode(name).equals(fileName) ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
