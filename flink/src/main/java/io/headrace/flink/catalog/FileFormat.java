package io.headrace.flink.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** What all files have in common: one JSON object, and the version of the format in it. */
final class FileFormat {

  private static final String FIELD = "formatVersion";

  /** The newest version that is understood. Files from before there were versions are version 1. */
  private static final int VERSION = 1;

  private FileFormat() {}

  static <T> byte[] print(Codec<T> codec, T object) {
    ObjectNode node = Json.object().put(FIELD, VERSION);
    node.setAll(codec.write(object));
    return Json.print(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws DamagedFileException if the content is not what {@link #print} writes
   */
  static <T> T read(Path file, byte[] content, Codec<T> codec) {
    try {
      ObjectNode node = Json.parse(text(content));
      if (version(node) > VERSION) {
        throw DamagedFileException.newer(file, version(node), VERSION);
      }
      return codec.read(node);
    } catch (DamagedFileException e) {
      throw e;
    } catch (Exception e) {
      throw DamagedFileException.wrong(file, e);
    }
  }

  private static String text(byte[] content) {
    try {
      // Strict: an ALTER would write back what it could not read.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
  }

  private static int version(ObjectNode node) {
    JsonNode version = node.path(FIELD);
    if (version.isMissingNode()) {
      return 1;
    }
    if (!version.isInt() || version.asInt() < 1) {
      throw new IllegalArgumentException(
          "field '" + FIELD + "' must be a number from 1 on, is " + version);
    }
    return version.asInt();
  }
}
