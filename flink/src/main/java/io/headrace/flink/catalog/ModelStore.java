package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.ModelAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;

/** Flink's own models ({@code CREATE MODEL}); placeholders work as in tables. */
final class ModelStore {

  private static final ModelCodec CODEC = new ModelCodec();

  private final String catalog;
  private final DatabaseStore databases;
  private final CatalogFiles files;
  private final Placeholders placeholders;

  ModelStore(
      String catalog, DatabaseStore databases, CatalogFiles files, Placeholders placeholders) {
    this.catalog = catalog;
    this.databases = databases;
    this.files = files;
    this.placeholders = placeholders;
  }

  List<String> list(String database) throws DatabaseNotExistException {
    databases.require(database);
    return files.list(ObjectKind.MODEL, database);
  }

  boolean exists(ObjectPath path) {
    return files.exists(file(path));
  }

  CatalogModel get(ObjectPath path) throws ModelNotExistException {
    if (!exists(path)) {
      throw new ModelNotExistException(catalog, path);
    }
    CatalogModel stored = stored(path);
    return stored.copy(placeholders.resolve(place(path), stored.getOptions()));
  }

  private CatalogModel stored(ObjectPath path) {
    return files.read(file(path), CODEC);
  }

  void create(ObjectPath path, CatalogModel model, boolean ignoreIfExists)
      throws ModelAlreadyExistException, DatabaseNotExistException {
    databases.require(path.getDatabaseName());
    if (!exists(path)) {
      write(path, (ResolvedCatalogModel) model);
    } else if (!ignoreIfExists) {
      throw new ModelAlreadyExistException(catalog, path);
    }
  }

  void alter(ObjectPath path, CatalogModel model, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    if (exists(path)) {
      var options = placeholders.keep(place(path), stored(path).getOptions(), model.getOptions());
      write(path, (ResolvedCatalogModel) model.copy(options));
    } else if (!ignoreIfNotExists) {
      throw new ModelNotExistException(catalog, path);
    }
  }

  private void write(ObjectPath path, ResolvedCatalogModel model) {
    placeholders.refuseSecrets(place(path), model.getOptions());
    files.write(file(path), CODEC, model);
  }

  void drop(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException {
    if (exists(path)) {
      files.delete(file(path));
    } else if (!ignoreIfNotExists) {
      throw new ModelNotExistException(catalog, path);
    }
  }

  void rename(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws ModelNotExistException, ModelAlreadyExistException {
    ObjectPath newPath = new ObjectPath(path.getDatabaseName(), newName);
    if (!exists(path)) {
      if (!ignoreIfNotExists) {
        throw new ModelNotExistException(catalog, path);
      }
    } else if (exists(newPath)) {
      throw new ModelAlreadyExistException(catalog, newPath);
    } else {
      files.rename(file(path), file(newPath));
    }
  }

  private Path file(ObjectPath path) {
    return files.file(ObjectKind.MODEL, path);
  }

  private String place(ObjectPath path) {
    return "Model " + catalog + "." + path.getFullName();
  }
}
