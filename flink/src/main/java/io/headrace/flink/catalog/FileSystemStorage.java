package io.headrace.flink.catalog;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A folder on any other file system that Flink knows (HDFS, S3, …), by what all of them can do.
 *
 * <p>None of them, through Flink's interface, replaces a file in one step: HDFS does not rename
 * onto an existing file, and S3 has no renaming. So the new content is first put in full into
 * {@code .<name>.new}, then the old file is deleted (from here on the change is made), then the new
 * one takes its name. A reader that does not find the file reads the {@code .new} one. What a crash
 * leaves is put right by the next change of the same object.
 */
final class FileSystemStorage implements Storage {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int MOST_LOOKS = 100;

  private final Path root;

  FileSystemStorage(Path root) {
    this.root = root;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    if (!files().mkdirs(folder)) {
      throw new IOException("mkdirs returned false");
    }
  }

  @Override
  public boolean folderExists(Path folder) throws IOException {
    return files().exists(folder);
  }

  @Override
  public boolean exists(Path file) throws IOException {
    return files().exists(file) || isListed(file);
  }

  /** Whether the file, or what is about to take its name, is in the folder at one moment. */
  private boolean isListed(Path file) throws IOException {
    return list(file.getParent()).contains(new Entry(file.getName(), false));
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    FileStatus[] content;
    try {
      content = files().listStatus(folder);
    } catch (FileNotFoundException e) {
      content = null;
    }
    return content == null ? List.of() : Stream.of(content).map(this::entry).distinct().toList();
  }

  private Entry entry(FileStatus status) {
    String name = status.getPath().getName();
    boolean isReplacement = name.startsWith(".") && name.endsWith(".new");
    return new Entry(
        isReplacement ? name.substring(1, name.length() - ".new".length()) : name, status.isDir());
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    FileSystem files = files();
    for (int look = 0; look < MOST_LOOKS; look++) {
      Optional<byte[]> content = read(files, file);
      if (content.isPresent() || !isListed(file)) {
        return content;
      }
      Optional<byte[]> replacement = read(files, replacement(file));
      // The replacement counts only while the file is gone: else it may be of a change not made
      // yet.
      content = read(files, file).or(() -> replacement);
      if (content.isPresent()) {
        return content;
      }
    }
    throw new IOException("others change it too fast to be read; run the statement again");
  }

  static Optional<byte[]> read(FileSystem files, Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      // Some file systems say in words of their own that a file is not there.
      if (files.exists(path)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  static void create(FileSystem files, Path path, byte[] content, FileSystem.WriteMode mode)
      throws IOException {
    try (FSDataOutputStream out = files.create(path, mode)) {
      out.write(content);
    }
  }

  private static Path replacement(Path file) {
    return new Path(file.getParent(), "." + file.getName() + ".new");
  }

  @Override
  public Writer write() throws IOException {
    FileSystem files = files();
    return new FileSystemWriter(files, LeaseLock.acquire(files, new Path(root, ".lock"), LEASE));
  }

  private FileSystem files() throws IOException {
    return root.getFileSystem();
  }

  private record FileSystemWriter(FileSystem files, LeaseLock lock) implements Writer {

    @Override
    public void put(Path file, byte[] content) throws IOException {
      repair(file);
      files.mkdirs(file.getParent());
      // A file that is being written can be read before it is whole; a renamed one cannot.
      Path temporary = new Path(file.getParent(), "." + file.getName() + ".tmp");
      create(files, temporary, content, FileSystem.WriteMode.OVERWRITE);
      if (files.exists(file)) {
        Path replacement = replacement(file);
        rename(temporary, replacement);
        remove(file);
        rename(replacement, file);
      } else {
        rename(temporary, file);
      }
    }

    /** Ends, or takes back, a replacement that a crashed writer has begun. */
    private void repair(Path file) throws IOException {
      Path replacement = replacement(file);
      if (!files.exists(replacement)) {
        return;
      }
      if (files.exists(file)) {
        remove(replacement);
      } else {
        rename(replacement, file);
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      repair(from);
      rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      // In this order: the other one would bring an unfinished replacement to light.
      remove(replacement(file));
      remove(file);
    }

    @Override
    public void deleteFolder(Path folder) throws IOException {
      lock.requireHeld();
      files.delete(folder, true);
    }

    private void remove(Path file) throws IOException {
      lock.requireHeld();
      files.delete(file, false);
    }

    private void rename(Path from, Path to) throws IOException {
      lock.requireHeld();
      if (!files.rename(from, to)) {
        throw new IOException("renaming " + from.getName() + " to " + to.getName() + " failed");
      }
    }

    @Override
    public void close() {
      lock.close();
    }
  }
}
