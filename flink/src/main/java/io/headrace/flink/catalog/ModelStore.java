package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.ModelAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;

/** Flink's own models ({@code CREATE MODEL}). */
final class ModelStore {

  private static final ModelCodec CODEC = new ModelCodec();

  private final String catalog;
  private final DatabaseStore databases;
  private final CatalogFiles files;

  ModelStore(String catalog, DatabaseStore databases, CatalogFiles files) {
    this.catalog = catalog;
    this.databases = databases;
    this.files = files;
  }

  List<String> list(String database) throws DatabaseNotExistException {
    databases.require(database);
    return files.list(ObjectKind.MODEL, database);
  }

  boolean exists(ObjectPath path) {
    return files.exists(file(path));
  }

  CatalogModel get(ObjectPath path) throws ModelNotExistException {
    try {
      return files
          .read(file(path), CODEC)
          .orElseThrow(() -> new ModelNotExistException(catalog, path));
    } catch (DamagedFileException e) {
      return Damaged.model(e);
    }
  }

  void create(ObjectPath path, CatalogModel model, boolean ignoreIfExists)
      throws ModelAlreadyExistException, DatabaseNotExistException {
    Secrets.refuse(place(path), model.getOptions());
    try (var change = files.change()) {
      databases.require(path.getDatabaseName());
      if (!exists(path)) {
        change.write(file(path), CODEC, model);
      } else if (!ignoreIfExists) {
        throw new ModelAlreadyExistException(catalog, path);
      }
    }
  }

  void alter(ObjectPath path, CatalogModel model, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    Secrets.refuse(place(path), model.getOptions());
    try (var change = files.change()) {
      if (exists(path)) {
        change.requireUnchanged(place(path), file(path));
        change.write(file(path), CODEC, model);
      } else if (!ignoreIfNotExists) {
        throw new ModelNotExistException(catalog, path);
      }
    }
  }

  void drop(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException {
    try (var change = files.change()) {
      if (exists(path)) {
        change.requireUnchanged(place(path), file(path));
        change.delete(file(path));
      } else if (!ignoreIfNotExists) {
        throw new ModelNotExistException(catalog, path);
      }
    }
  }

  void rename(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws ModelNotExistException, ModelAlreadyExistException {
    ObjectPath newPath = new ObjectPath(path.getDatabaseName(), newName);
    try (var change = files.change()) {
      if (!exists(path)) {
        if (!ignoreIfNotExists) {
          throw new ModelNotExistException(catalog, path);
        }
      } else if (exists(newPath)) {
        throw new ModelAlreadyExistException(catalog, newPath);
      } else {
        change.requireUnchanged(place(path), file(path));
        change.rename(file(path), file(newPath));
      }
    }
  }

  private Path file(ObjectPath path) {
    return files.file(ObjectKind.MODEL, path);
  }

  private String place(ObjectPath path) {
    return "Model " + catalog + "." + path.getFullName();
  }
}
