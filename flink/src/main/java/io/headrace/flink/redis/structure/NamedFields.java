package io.headrace.flink.redis.structure;

import java.util.Arrays;
import java.util.Map;

/** Fields by name, where Redis replies with all that are there. */
final class NamedFields {

  private NamedFields() {}

  /**
   * @param all as Lettuce makes it of bytes: to be walked through, not to be asked
   * @return the values of the names, null for absent ones
   */
  static byte[][] pick(byte[][] names, Map<byte[], byte[]> all) {
    byte[][] values = new byte[names.length][];
    all.forEach(
        (name, value) -> {
          for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], name)) {
              values[i] = value;
            }
          }
        });
    return values;
  }
}
