package io.headrace.flink.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder behind a catalog: {@code <database>/<kind>s/<name>.json}. It keeps no objects in
 * memory, so that a session which is already open sees what another one has just created.
 */
final class CatalogFiles {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogFiles.class);
  private static final String SUFFIX = ".json";
  private static final String DATABASE_FILE = "database.json";

  private final Path root;
  private final ReadVersions readVersions = new ReadVersions();

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
        storage -> {
          storage.createFolder(folder);
          return null;
        });
  }

  boolean folderExists(Path folder) {
    return attempt(folder, "cannot be looked up", storage -> storage.folderExists(folder));
  }

  boolean exists(Path file) {
    return attempt(file, "cannot be looked up", storage -> storage.exists(file));
  }

  List<String> listDatabases() {
    return list(root)
        .filter(Storage.Entry::isFolder)
        .flatMap(entry -> name(entry, "").stream())
        .toList();
  }

  /** Names come from file names alone: a damaged file is listed like any other. */
  List<String> list(ObjectKind kind, String database) {
    return list(kindFolder(kind, database))
        .filter(entry -> !entry.isFolder())
        .flatMap(entry -> name(entry, SUFFIX).stream())
        .sorted()
        .toList();
  }

  private Stream<Storage.Entry> list(Path folder) {
    return attempt(folder, "cannot be listed", storage -> storage.list(folder)).stream();
  }

  private static Optional<String> name(Storage.Entry entry, String suffix) {
    String file = entry.name();
    return file.endsWith(suffix)
        ? FileNames.decode(file.substring(0, file.length() - suffix.length()))
        : Optional.empty();
  }

  /**
   * What a file holds, empty where there is none. This thread's next change of the object is
   * refused if another session changes the file in between.
   *
   * @throws DamagedFileException if the file is there, and not as it must be
   */
  <T> Optional<T> read(Path file, Codec<T> codec) {
    Optional<byte[]> content = content(file);
    readVersions.remember(file, content);
    return content.map(present -> FileFormat.read(file, present, codec));
  }

  private Optional<byte[]> content(Path file) {
    return attempt(file, "cannot be read", storage -> storage.read(file));
  }

  /** Waits until no other session changes the catalog, and keeps others waiting until closed. */
  Change change() {
    return new Change(attempt(root, "cannot be changed", Storage::write));
  }

  private <T> T attempt(Path path, String fact, FileAction<T> action) {
    try {
      return action.on(Storage.of(root));
    } catch (IOException | RuntimeException e) {
      // Logged and not the cause: Flink's SQL client shows the innermost one alone.
      LOG.debug("{} {}", path, fact, e);
      throw new CatalogException(
          String.format(
              "Catalog path %s %s: %s. Check that the folder exists, that this process may read and"
                  + " write it, and that Flink has the plugin of its file system.",
              path, fact, e));
    }
  }

  /** One access to the file system. */
  private interface FileAction<T> {
    T on(Storage storage) throws IOException;
  }

  /**
   * One change of the catalog: what is looked up while it is open stays true until it is closed.
   */
  final class Change implements AutoCloseable {

    private final Storage.Writer writer;

    private Change(Storage.Writer writer) {
      this.writer = writer;
    }

    /**
     * @param place what the file describes, for error messages
     * @throws CatalogException if another session has changed the file since this thread read it
     */
    void requireUnchanged(String place, Path file) {
      if (readVersions.isOutdated(file, content(file))) {
        throw new CatalogException(
            String.format(
                "%s: another session has changed it since this statement read it, and the change"
                    + " would be lost. Run the statement again.",
                place));
      }
    }

    <T> void write(Path file, Codec<T> codec, T object) {
      byte[] content = FileFormat.print(codec, object);
      step(file, "cannot be written", () -> writer.put(file, content));
      readVersions.remember(file, Optional.of(content));
    }

    void rename(Path from, Path to) {
      step(from, "cannot be renamed to " + to.getName(), () -> writer.move(from, to));
      readVersions.forget(from);
    }

    void delete(Path file) {
      step(file, "cannot be deleted", () -> writer.delete(file));
      readVersions.forget(file);
    }

    void deleteFolder(Path folder) {
      step(folder, "cannot be deleted", () -> writer.deleteFolder(folder));
    }

    private void step(Path path, String fact, WriteStep step) {
      attempt(
          path,
          fact,
          storage -> {
            step.run();
            return null;
          });
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  /** One step of a change. */
  private interface WriteStep {
    void run() throws IOException;
  }
}
