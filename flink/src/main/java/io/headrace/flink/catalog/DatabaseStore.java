package io.headrace.flink.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;

/** Databases: a folder each. The default database exists even before its folder does. */
final class DatabaseStore {

  private static final DatabaseCodec CODEC = new DatabaseCodec();

  private final String catalog;
  private final String defaultDatabase;
  private final CatalogFiles files;

  DatabaseStore(String catalog, String defaultDatabase, CatalogFiles files) {
    this.catalog = catalog;
    this.defaultDatabase = defaultDatabase;
    this.files = files;
  }

  List<String> list() {
    TreeSet<String> names = new TreeSet<>(files.listDatabases());
    names.add(defaultDatabase);
    return new ArrayList<>(names);
  }

  boolean exists(String database) {
    return database.equals(defaultDatabase) || files.folderExists(files.databaseFolder(database));
  }

  void require(String database) throws DatabaseNotExistException {
    if (!exists(database)) {
      throw new DatabaseNotExistException(catalog, database);
    }
  }

  CatalogDatabase get(String database) throws DatabaseNotExistException {
    require(database);
    return files
        .read(files.databaseFile(database), CODEC)
        .orElseGet(() -> new CatalogDatabaseImpl(Map.of(), null));
  }

  void create(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    Secrets.refuse(place(name), database.getProperties());
    try (var change = files.change()) {
      if (!exists(name)) {
        change.write(files.databaseFile(name), CODEC, database);
      } else if (!ignoreIfExists) {
        throw new DatabaseAlreadyExistException(catalog, name);
      }
    }
  }

  void alter(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    Secrets.refuse(place(name), database.getProperties());
    try (var change = files.change()) {
      if (exists(name)) {
        change.requireUnchanged(place(name), files.databaseFile(name));
        change.write(files.databaseFile(name), CODEC, database);
      } else if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(catalog, name);
      }
    }
  }

  void drop(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    try (var change = files.change()) {
      if (exists(name)) {
        if (!cascade && !isEmpty(name)) {
          throw new DatabaseNotEmptyException(catalog, name);
        }
        change.deleteFolder(files.databaseFolder(name));
      } else if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(catalog, name);
      }
    }
  }

  private boolean isEmpty(String name) {
    for (ObjectKind kind : ObjectKind.values()) {
      if (!files.list(kind, name).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private String place(String name) {
    return "Database " + catalog + "." + name;
  }
}
