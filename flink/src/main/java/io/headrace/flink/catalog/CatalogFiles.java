package io.headrace.flink.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;

/**
 * The folder behind a catalog: {@code <database>/<kind>s/<name>.json}. It remembers nothing, so
 * that a session which is already open sees what another one has just created.
 */
final class CatalogFiles {

  private static final String SUFFIX = ".json";
  private static final String DATABASE_FILE = "database.json";

  private final Path root;

  CatalogFiles(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path databaseFolder(String database) {
    return new Path(root, FileNames.encode(database));
  }

  Path databaseFile(String database) {
    return new Path(databaseFolder(database), DATABASE_FILE);
  }

  Path file(ObjectKind kind, ObjectPath object) {
    return new Path(
        kindFolder(kind, object.getDatabaseName()),
        FileNames.encode(object.getObjectName()) + SUFFIX);
  }

  private Path kindFolder(ObjectKind kind, String database) {
    return new Path(databaseFolder(database), kind.folder());
  }

  void createFolder(Path folder) {
    attempt(
        folder,
        "cannot be created",
        fs -> {
          if (!fs.mkdirs(folder)) {
            throw new IOException("mkdirs returned false");
          }
          return null;
        });
  }

  boolean exists(Path path) {
    return attempt(path, "cannot be looked up", fs -> fs.exists(path));
  }

  List<String> listDatabases() {
    return list(root).filter(FileStatus::isDir).flatMap(s -> name(s, "").stream()).toList();
  }

  /** Names come from file names alone: a broken file is listed like any other. */
  List<String> list(ObjectKind kind, String database) {
    return list(kindFolder(kind, database))
        .filter(status -> !status.isDir())
        .flatMap(status -> name(status, SUFFIX).stream())
        .sorted()
        .toList();
  }

  private Stream<FileStatus> list(Path folder) {
    return attempt(
        folder,
        "cannot be listed",
        fs -> {
          FileStatus[] content = fs.exists(folder) ? fs.listStatus(folder) : null;
          return content == null ? Stream.empty() : Stream.of(content);
        });
  }

  private static Optional<String> name(FileStatus status, String suffix) {
    String file = status.getPath().getName();
    return file.endsWith(suffix)
        ? FileNames.decode(file.substring(0, file.length() - suffix.length()))
        : Optional.empty();
  }

  <T> T read(Path file, Codec<T> codec) {
    String text =
        attempt(
            file,
            "cannot be read",
            fs -> {
              try (FSDataInputStream in = fs.open(file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
              }
            });
    try {
      return codec.read(Json.parse(text));
    } catch (Exception e) {
      throw new CatalogException(
          String.format(
              "Catalog file %s is not as it must be: %s. Correct it by hand, or delete it and run"
                  + " the CREATE statement of this object again.",
              file, e.getMessage()),
          e);
    }
  }

  /** Writes beside the target and renames, so that no reader ever sees half a file. */
  <T> void write(Path file, Codec<T> codec, T object) {
    byte[] content = Json.print(codec.write(object)).getBytes(StandardCharsets.UTF_8);
    Path temporary =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    createFolder(file.getParent());
    attempt(
        file,
        "cannot be written",
        fs -> {
          try (FSDataOutputStream out = fs.create(temporary, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(content);
          }
          replace(fs, temporary, file);
          return null;
        });
  }

  /** Some file systems (HDFS) refuse to rename onto an existing file; there it is deleted first. */
  private static void replace(FileSystem fs, Path temporary, Path file) throws IOException {
    if (fs.rename(temporary, file)) {
      return;
    }
    fs.delete(file, false);
    if (!fs.rename(temporary, file)) {
      fs.delete(temporary, false);
      throw new IOException("renaming " + temporary.getName() + " to it failed");
    }
  }

  void rename(Path from, Path to) {
    attempt(
        from,
        "cannot be renamed to " + to.getName(),
        fs -> {
          if (!fs.rename(from, to)) {
            throw new IOException("rename returned false");
          }
          return null;
        });
  }

  void delete(Path path) {
    attempt(path, "cannot be deleted", fs -> fs.delete(path, true));
  }

  private <T> T attempt(Path path, String fact, FileAction<T> action) {
    try {
      return action.on(root.getFileSystem());
    } catch (IOException | RuntimeException e) {
      throw new CatalogException(
          String.format(
              "Catalog path %s %s: %s. Check that the folder exists, that this process may read and"
                  + " write it, and that Flink has the plugin of its file system.",
              path, fact, e),
          e);
    }
  }

  /** One access to the file system. */
  private interface FileAction<T> {
    T on(FileSystem fs) throws IOException;
  }
}
