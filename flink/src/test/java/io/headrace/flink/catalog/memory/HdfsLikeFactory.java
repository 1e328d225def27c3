package io.headrace.flink.catalog.memory;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** {@code viewfs://}, HDFS' own other name: of several that create a file, one does. */
public final class HdfsLikeFactory implements FileSystemFactory {

  @Override
  public String getScheme() {
    return "viewfs";
  }

  @Override
  public FileSystem create(URI uri) {
    return new MemoryFileSystem(getScheme());
  }
}
