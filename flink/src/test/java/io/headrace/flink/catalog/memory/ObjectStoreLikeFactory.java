package io.headrace.flink.catalog.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;

/**
 * {@code objects://}: a file is there, as a whole, when it is closed. It is looked up before it is
 * written, and renamed by copying, each in two steps with time for others in between.
 */
public final class ObjectStoreLikeFactory implements FileSystemFactory {

  private static final long LATENCY_MILLISECONDS = 5;

  @Override
  public String getScheme() {
    return "objects";
  }

  @Override
  public FileSystem create(URI uri) {
    return new ObjectStore();
  }

  private static final class ObjectStore extends MemoryFileSystem {

    ObjectStore() {
      super("objects");
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
      if (mode == WriteMode.NO_OVERWRITE && exists(path)) {
        throw new IOException(path + " exists");
      }
      var written = new ByteArrayOutputStream();
      return new FSDataOutputStream() {
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
        public void close() throws IOException {
          othersMayRun();
          files.put(path.getPath(), written.toByteArray());
        }
      };
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      byte[] content = files.get(from.getPath());
      if (content == null || exists(to)) {
        return false;
      }
      othersMayRun();
      files.put(to.getPath(), content);
      othersMayRun();
      return delete(from, false);
    }

    private static void othersMayRun() throws IOException {
      try {
        Thread.sleep(LATENCY_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
