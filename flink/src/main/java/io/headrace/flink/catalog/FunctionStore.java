package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.functions.FunctionIdentifier;

/** Functions. Flink compares their names without regard to case, so files are in lower case. */
final class FunctionStore {

  private static final FunctionCodec CODEC = new FunctionCodec();

  private final String catalog;
  private final DatabaseStore databases;
  private final CatalogFiles files;

  FunctionStore(String catalog, DatabaseStore databases, CatalogFiles files) {
    this.catalog = catalog;
    this.databases = databases;
    this.files = files;
  }

  List<String> list(String database) throws DatabaseNotExistException {
    databases.require(database);
    return files.list(ObjectKind.FUNCTION, database);
  }

  boolean exists(ObjectPath path) {
    return files.exists(file(path));
  }

  CatalogFunction get(ObjectPath path) throws FunctionNotExistException {
    return files
        .read(file(path), CODEC)
        .orElseThrow(() -> new FunctionNotExistException(catalog, path));
  }

  void create(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
      throws FunctionAlreadyExistException, DatabaseNotExistException {
    Secrets.refuse(place(path), function.getOptions());
    try (var change = files.change()) {
      databases.require(path.getDatabaseName());
      if (!exists(path)) {
        change.write(file(path), CODEC, function);
      } else if (!ignoreIfExists) {
        throw new FunctionAlreadyExistException(catalog, path);
      }
    }
  }

  /** ALTER FUNCTION says all that there is to a function; it is based on nothing that was read. */
  void alter(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    Secrets.refuse(place(path), function.getOptions());
    try (var change = files.change()) {
      if (exists(path)) {
        change.write(file(path), CODEC, function);
      } else if (!ignoreIfNotExists) {
        throw new FunctionNotExistException(catalog, path);
      }
    }
  }

  void drop(ObjectPath path, boolean ignoreIfNotExists) throws FunctionNotExistException {
    try (var change = files.change()) {
      if (exists(path)) {
        change.delete(file(path));
      } else if (!ignoreIfNotExists) {
        throw new FunctionNotExistException(catalog, path);
      }
    }
  }

  private Path file(ObjectPath path) {
    return files.file(
        ObjectKind.FUNCTION,
        new ObjectPath(
            path.getDatabaseName(), FunctionIdentifier.normalizeName(path.getObjectName())));
  }

  private String place(ObjectPath path) {
    return "Function " + catalog + "." + path.getFullName();
  }
}
