package io.headrace.flink.catalog.memory;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Files in memory, with what the catalog must bear of other file systems: no renaming onto a file
 * that exists, and a file that is being written is there and empty, unless it is an object.
 */
class MemoryFileSystem extends FileSystem {

  private static final byte[] NOTHING = new byte[0];

  private final String scheme;
  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Set<String> folders = ConcurrentHashMap.newKeySet();

  MemoryFileSystem(String scheme) {
    this.scheme = scheme;
    folders.add("/");
  }

  @Override
  public URI getUri() {
    return URI.create(scheme + ":///");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public Path getHomeDirectory() {
    return getWorkingDirectory();
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] content = files.get(path.getPath());
    if (content == null && !isFolder(path)) {
      throw new FileNotFoundException(path.toString());
    }
    return new Status(path, content == null ? 0 : content.length, content == null);
  }

  private boolean isFolder(Path path) {
    return folders.contains(path.getPath())
        || files.keySet().stream().anyMatch(file -> file.startsWith(path.getPath() + "/"));
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    return new BlockLocation[0];
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return open(path);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    byte[] content = files.get(path.getPath());
    if (content == null) {
      throw new FileNotFoundException(path.toString());
    }
    return new In(content);
  }

  @Override
  public synchronized FileStatus[] listStatus(Path folder) throws IOException {
    if (!isFolder(folder)) {
      throw new FileNotFoundException(folder.toString());
    }
    String prefix = folder.getPath().endsWith("/") ? folder.getPath() : folder.getPath() + "/";
    return Stream.concat(files.keySet().stream(), folders.stream())
        .filter(path -> path.startsWith(prefix) && path.length() > prefix.length())
        .map(path -> path.substring(prefix.length()).split("/", 2)[0])
        .distinct()
        .map(name -> new Path(folder, name))
        .flatMap(
            path ->
                Stream.ofNullable(files.get(path.getPath()))
                    .map(content -> new Status(path, content.length, false))
                    .findFirst()
                    .or(() -> Optional.of(new Status(path, 0, true)))
                    .stream())
        .toArray(FileStatus[]::new);
  }

  @Override
  public boolean mkdirs(Path folder) {
    for (Path path = folder; path != null; path = path.getParent()) {
      folders.add(path.getPath());
    }
    return true;
  }

  @Override
  public synchronized boolean delete(Path path, boolean recursive) {
    boolean found = files.remove(path.getPath()) != null;
    if (recursive) {
      found |= folders.removeIf(folder -> isIn(path, folder));
      found |= files.keySet().removeIf(file -> isIn(path, file));
    }
    return found;
  }

  private static boolean isIn(Path folder, String path) {
    return (path + "/").startsWith(folder.getPath() + "/");
  }

  @Override
  public synchronized FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    if (mode == WriteMode.OVERWRITE) {
      files.put(path.getPath(), NOTHING);
    } else if (files.putIfAbsent(path.getPath(), NOTHING) != null) {
      throw new IOException(path + " exists");
    }
    return new Out(path);
  }

  @Override
  public synchronized boolean rename(Path from, Path to) throws IOException {
    byte[] content = files.get(from.getPath());
    if (content == null || files.putIfAbsent(to.getPath(), content) != null) {
      return false;
    }
    files.remove(from.getPath());
    return true;
  }

  private record Status(Path path, long length, boolean isFolder) implements FileStatus {

    @Override
    public long getLen() {
      return length;
    }

    @Override
    public long getBlockSize() {
      return length;
    }

    @Override
    public short getReplication() {
      return 1;
    }

    @Override
    public long getModificationTime() {
      return 0;
    }

    @Override
    public long getAccessTime() {
      return 0;
    }

    @Override
    public boolean isDir() {
      return isFolder;
    }

    @Override
    public Path getPath() {
      return path;
    }
  }

  private static final class In extends FSDataInputStream {

    private final byte[] content;
    private int position;

    In(byte[] content) {
      this.content = content;
    }

    @Override
    public void seek(long to) {
      position = (int) to;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public int read() {
      return position < content.length ? content[position++] & 0xff : -1;
    }
  }

  private final class Out extends FSDataOutputStream {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Path path;

    Out(Path path) {
      this.path = path;
    }

    @Override
    public long getPos() {
      return written.size();
    }

    @Override
    public void write(int value) {
      written.write(value);
    }

    @Override
    public void flush() {}

    @Override
    public void sync() {}

    @Override
    public void close() {
      // Half of it first, for whoever reads at this moment.
      files.put(path.getPath(), Arrays.copyOf(written.toByteArray(), written.size() / 2));
      files.put(path.getPath(), written.toByteArray());
    }
  }
}
