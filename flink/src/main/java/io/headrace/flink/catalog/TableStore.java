package io.headrace.flink.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
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

  TableStore(String catalog, DatabaseStore databases, CatalogFiles files) {
    this.catalog = catalog;
    this.databases = databases;
    this.files = files;
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
    return readTable(path)
        .or(() -> readView(path))
        .orElseThrow(() -> new TableNotExistException(catalog, path));
  }

  private Optional<CatalogBaseTable> readTable(ObjectPath path) {
    try {
      return files.read(files.file(ObjectKind.TABLE, path), TABLES).map(table -> table);
    } catch (DamagedFileException e) {
      return Optional.of(Damaged.table(e));
    }
  }

  private Optional<CatalogBaseTable> readView(ObjectPath path) {
    try {
      return files.read(files.file(ObjectKind.VIEW, path), VIEWS).map(view -> view);
    } catch (DamagedFileException e) {
      return Optional.of(Damaged.view(e));
    }
  }

  void create(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    ObjectKind kind = requireStorable(path, table);
    try (var change = files.change()) {
      databases.require(path.getDatabaseName());
      if (!exists(path)) {
        write(change, path, kind, table);
      } else if (!ignoreIfExists) {
        throw new TableAlreadyExistException(catalog, path);
      }
    }
  }

  void alter(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
      throws TableNotExistException {
    ObjectKind kind = requireStorable(path, table);
    try (var change = files.change()) {
      Optional<ObjectKind> existing = kind(path);
      if (existing.isPresent()) {
        requireSameKind(path, existing.get(), kind);
        change.requireUnchanged(place(path), files.file(kind, path));
        write(change, path, kind, table);
      } else if (!ignoreIfNotExists) {
        throw new TableNotExistException(catalog, path);
      }
    }
  }

  private void write(
      CatalogFiles.Change change, ObjectPath path, ObjectKind kind, CatalogBaseTable table) {
    if (kind == ObjectKind.VIEW) {
      change.write(files.file(kind, path), VIEWS, (CatalogView) table);
    } else {
      change.write(files.file(kind, path), TABLES, (CatalogTable) table);
    }
  }

  private ObjectKind requireStorable(ObjectPath path, CatalogBaseTable table) {
    Secrets.refuse(place(path), table.getOptions());
    if (table instanceof ResolvedCatalogTable) {
      return ObjectKind.TABLE;
    }
    if (table instanceof ResolvedCatalogView) {
      return ObjectKind.VIEW;
    }
    throw new UnsupportedOperationException(
        String.format(
            "%s: this catalog stores tables and views, not a %s. Create it in another catalog, for"
                + " example Flink's default_catalog.",
            place(path), table.getTableKind()));
  }

  private void requireSameKind(ObjectPath path, ObjectKind existing, ObjectKind altered) {
    if (existing != altered) {
      throw new CatalogException(
          String.format(
              "%s is a %s and cannot be altered into a %s. Drop it first, then create the other.",
              place(path), existing, altered));
    }
  }

  void drop(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    try (var change = files.change()) {
      Optional<ObjectKind> kind = kind(path);
      if (kind.isPresent()) {
        change.requireUnchanged(place(path), files.file(kind.get(), path));
        change.delete(files.file(kind.get(), path));
      } else if (!ignoreIfNotExists) {
        throw new TableNotExistException(catalog, path);
      }
    }
  }

  void rename(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    ObjectPath newPath = new ObjectPath(path.getDatabaseName(), newName);
    try (var change = files.change()) {
      Optional<ObjectKind> kind = kind(path);
      if (kind.isEmpty()) {
        if (!ignoreIfNotExists) {
          throw new TableNotExistException(catalog, path);
        }
      } else if (exists(newPath)) {
        throw new TableAlreadyExistException(catalog, newPath);
      } else {
        Path file = files.file(kind.get(), path);
        change.requireUnchanged(place(path), file);
        change.rename(file, files.file(kind.get(), newPath));
      }
    }
  }

  private String place(ObjectPath path) {
    return "Table " + catalog + "." + path.getFullName();
  }
}
