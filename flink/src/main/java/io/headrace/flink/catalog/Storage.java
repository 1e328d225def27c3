package io.headrace.flink.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/**
 * What the catalog asks of a file system. Reading needs no lock and never sees half a file. All
 * changes go through a {@link Writer}, which one process at a time holds.
 */
interface Storage {

  /**
   * @return the storage for this folder: {@link LocalStorage} for a local one, where Java can do
   *     more than Flink's file systems offer, else {@link FileSystemStorage}
   */
  static Storage of(Path root) throws IOException {
    return "file".equals(root.getFileSystem().getUri().getScheme())
        ? new LocalStorage(root)
        : new FileSystemStorage(root);
  }

  /** A name in a folder. */
  record Entry(String name, boolean isFolder) {}

  void createFolder(Path folder) throws IOException;

  boolean folderExists(Path folder) throws IOException;

  boolean exists(Path file) throws IOException;

  /** What is in a folder, in no order; nothing where the folder does not exist. */
  List<Entry> list(Path folder) throws IOException;

  /** The whole content of a file, empty where there is no such file. */
  Optional<byte[]> read(Path file) throws IOException;

  /**
   * Waits until no other session writes. The caller closes what it gets.
   *
   * @throws IOException if others write for longer than anybody should, naming the lock's file
   */
  Writer write() throws IOException;

  /** The right to change files; what was read before may be checked again while it is held. */
  interface Writer extends AutoCloseable {

    /** Makes the file hold this: a reader sees the old content or the new one. */
    void put(Path file, byte[] content) throws IOException;

    /** Renames a file to a name that is free. */
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    void deleteFolder(Path folder) throws IOException;

    /** Lets others write. */
    @Override
    void close();
  }
}
