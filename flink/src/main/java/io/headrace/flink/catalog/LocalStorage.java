package io.headrace.flink.catalog;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FileUtils;

/**
 * A local folder, or one mounted like a local one. Flink's own local file system deletes the target
 * before it renames onto it, so that a reader could find nothing; here a rename is one step of the
 * operating system.
 */
final class LocalStorage implements Storage {

  private final Path root;

  LocalStorage(Path root) {
    this.root = root;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectories(local(folder));
  }

  @Override
  public boolean folderExists(Path folder) {
    return Files.isDirectory(local(folder));
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(local(file));
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    try (Stream<java.nio.file.Path> content = Files.list(local(folder))) {
      return content
          .map(path -> new Entry(path.getFileName().toString(), Files.isDirectory(path)))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(local(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Writer write() throws IOException {
    createFolder(root);
    return new LocalWriter(LocalLock.acquire(local(root).resolve(".lock")));
  }

  private static java.nio.file.Path local(Path path) {
    return new File(path.getPath()).toPath();
  }

  private record LocalWriter(LocalLock lock) implements Writer {

    @Override
    public void put(Path file, byte[] content) throws IOException {
      java.nio.file.Path target = local(file);
      Files.createDirectories(target.getParent());
      // One name for all writers: what a crashed one left is overwritten.
      java.nio.file.Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
      try (var channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(local(file));
    }

    @Override
    public void deleteFolder(Path folder) throws IOException {
      FileUtils.deleteDirectory(local(folder).toFile());
    }

    @Override
    public void close() {
      lock.close();
    }
  }
}
