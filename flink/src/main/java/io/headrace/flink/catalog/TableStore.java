package io.headrace.flink.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/** Tables and views. They share one name space, though each kind has its own folder. */
final class TableStore {

  private static final TableCodec TABLES = new TableCodec();
  private static final ViewCodec VIEWS = new ViewCodec();

  private final String catalog;
  private final DatabaseStore databases;
  private final CatalogFiles files;
  private final Placeholders placeholders;

  TableStore(
      String catalog, DatabaseStore databases, CatalogFiles files, Placeholders placeholders) {
    this.catalog = catalog;
    this.databases = databases;
    this.files = files;
    this.placeholders = placeholders;
  }

  List<String> listTablesAndViews(String database) throws DatabaseNotExistException {
    databases.require(database);
    List<String> names = new ArrayList<>(files.list(ObjectKind.TABLE, database));
    names.addAll(files.list(ObjectKind.VIEW, database));
    return names;
  }

  List<String> listViews(String database) throws DatabaseNotExistException {
    databases.require(database);
    return files.list(ObjectKind.VIEW, database);
  }

  boolean exists(ObjectPath path) {
    return kind(path).isPresent();
  }

  private Optional<ObjectKind> kind(ObjectPath path) {
    return Stream.of(ObjectKind.TABLE, ObjectKind.VIEW)
        .filter(kind -> files.exists(files.file(kind, path)))
        .findFirst();
  }

  CatalogBaseTable get(ObjectPath path) throws TableNotExistException {
    ObjectKind kind = kind(path).orElseThrow(() -> new TableNotExistException(catalog, path));
    if (kind == ObjectKind.VIEW) {
      return files.read(files.file(kind, path), VIEWS);
    }
    CatalogTable stored = stored(path);
    return stored.copy(placeholders.resolve(place(path), stored.getOptions()));
  }

  private CatalogTable stored(ObjectPath path) {
    return files.read(files.file(ObjectKind.TABLE, path), TABLES);
  }

  void create(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    databases.require(path.getDatabaseName());
    if (!exists(path)) {
      write(path, table);
    } else if (!ignoreIfExists) {
      throw new TableAlreadyExistException(catalog, path);
    }
  }

  void alter(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
      throws TableNotExistException {
    Optional<ObjectKind> existing = kind(path);
    if (existing.isEmpty()) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(catalog, path);
      }
      return;
    }
    if (!existing.get().name().equals(table.getTableKind().name())) {
      throw new CatalogException(
          String.format(
              "%s is a %s and cannot be altered into a %s. Drop it first, then create the other.",
              place(path), existing.get(), table.getTableKind()));
    }
    if (table instanceof ResolvedCatalogTable resolved) {
      write(
          path,
          resolved.copy(
              placeholders.keep(place(path), stored(path).getOptions(), table.getOptions())));
    } else {
      write(path, table);
    }
  }

  private void write(ObjectPath path, CatalogBaseTable table) {
    if (table instanceof ResolvedCatalogTable resolved) {
      placeholders.refuseSecrets(place(path), resolved.getOptions());
      files.write(files.file(ObjectKind.TABLE, path), TABLES, resolved);
    } else if (table instanceof ResolvedCatalogView view) {
      files.write(files.file(ObjectKind.VIEW, path), VIEWS, view);
    } else {
      throw new UnsupportedOperationException(
          String.format(
              "%s: this catalog stores tables and views, not a %s. Create it in another catalog,"
                  + " for example Flink's default_catalog.",
              place(path), table.getTableKind()));
    }
  }

  void drop(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    Optional<ObjectKind> kind = kind(path);
    if (kind.isPresent()) {
      files.delete(files.file(kind.get(), path));
    } else if (!ignoreIfNotExists) {
      throw new TableNotExistException(catalog, path);
    }
  }

  void rename(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    ObjectPath newPath = new ObjectPath(path.getDatabaseName(), newName);
    Optional<ObjectKind> kind = kind(path);
    if (kind.isEmpty()) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(catalog, path);
      }
    } else if (exists(newPath)) {
      throw new TableAlreadyExistException(catalog, newPath);
    } else {
      files.rename(files.file(kind.get(), path), files.file(kind.get(), newPath));
    }
  }

  private String place(ObjectPath path) {
    return "Table " + catalog + "." + path.getFullName();
  }
}
