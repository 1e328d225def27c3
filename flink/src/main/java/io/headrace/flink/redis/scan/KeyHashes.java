package io.headrace.flink.redis.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A set of keys, each as 128 bits of its SHA-256. That is exact for all purposes: among a thousand
 * million keys, two with one hash have a chance of 1 in 10^21, and nobody can make such two.
 *
 * <p>It takes 16 bytes a key in checkpoints, and 24 to 48 in memory: a million keys take 24 to 48
 * MB, whatever their length.
 */
final class KeyHashes {

  private static final int FIRST_CAPACITY = 1024;

  /** Open addressing, two numbers an entry; two zeros are a free place. */
  private long[] table;

  private int size;
  private final MessageDigest digest = sha256();

  KeyHashes() {
    table = new long[2 * FIRST_CAPACITY];
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  int size() {
    return size;
  }

  /**
   * @return false if the key was there already
   */
  boolean add(byte[] key) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(key));
    long high = hash.getLong();
    long low = hash.getLong();
    if (!put(high, low)) {
      return false;
    }
    size++;
    // At most two thirds full.
    if (size * 3L > table.length) {
      grow();
    }
    return true;
  }

  private boolean put(long high, long low) {
    int mask = table.length / 2 - 1;
    for (int place = (int) low & mask; ; place = (place + 1) & mask) {
      int index = 2 * place;
      if (table[index] == 0 && table[index + 1] == 0) {
        table[index] = high;
        table[index + 1] = low;
        return true;
      }
      if (table[index] == high && table[index + 1] == low) {
        return false;
      }
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(2, old.length)];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        put(old[i], old[i + 1]);
      }
    }
  }

  void write(DataOutputView out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0 || table[i + 1] != 0) {
        out.writeLong(table[i]);
        out.writeLong(table[i + 1]);
      }
    }
  }

  static KeyHashes read(DataInputView in) throws IOException {
    KeyHashes hashes = new KeyHashes();
    int size = in.readInt();
    while (size * 3L > hashes.table.length) {
      hashes.grow();
    }
    for (int i = 0; i < size; i++) {
      hashes.put(in.readLong(), in.readLong());
    }
    hashes.size = size;
    return hashes;
  }
}
