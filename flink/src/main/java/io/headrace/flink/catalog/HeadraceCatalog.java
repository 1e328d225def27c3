package io.headrace.flink.catalog;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.ModelAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.Factory;

/**
 * Flink's face of the catalog: each method goes to the store of its kind of object. Flink's own
 * in-memory catalog forgets all at the end of a session; this one is a folder.
 */
public final class HeadraceCatalog extends UnpartitionedCatalog {

  private final CatalogFiles files;
  private final DatabaseStore databases;
  private final TableStore tables;
  private final FunctionStore functions;
  private final ModelStore models;

  private final PlaceholderFactory factory;

  HeadraceCatalog(
      String name, String defaultDatabase, CatalogFiles files, PlaceholderFactory factory) {
    super(name, defaultDatabase);
    this.files = files;
    this.databases = new DatabaseStore(name, defaultDatabase, files);
    this.tables = new TableStore(name, databases, files);
    this.functions = new FunctionStore(name, databases, files);
    this.models = new ModelStore(name, databases, files);
    this.factory = factory;
  }

  /** Fills placeholders where tables and models are put to use, and nowhere else. */
  @Override
  public Optional<Factory> getFactory() {
    return Optional.of(factory);
  }

  /** Creates the folder, so that a path which cannot work fails here and not at the first table. */
  @Override
  public void open() {
    files.createFolder(files.root());
  }

  @Override
  public void close() {}

  // Databases

  @Override
  public List<String> listDatabases() {
    return databases.list();
  }

  @Override
  public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
    return databases.get(name);
  }

  @Override
  public boolean databaseExists(String name) {
    return databases.exists(name);
  }

  @Override
  public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    databases.create(name, database, ignoreIfExists);
  }

  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    databases.alter(name, database, ignoreIfNotExists);
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    databases.drop(name, ignoreIfNotExists, cascade);
  }

  // Tables and views

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    return tables.listTablesAndViews(database);
  }

  @Override
  public List<String> listViews(String database) throws DatabaseNotExistException {
    return tables.listViews(database);
  }

  @Override
  public List<String> listMaterializedTables(String database) throws DatabaseNotExistException {
    databases.require(database);
    return List.of();
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    CatalogBaseTable table = tables.get(path);
    return table instanceof CatalogTable connected && PlanRestoring.isUnderWay()
        ? factory.fill("Table " + getName() + "." + path.getFullName(), connected)
        : table;
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    return tables.exists(path);
  }

  @Override
  public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    tables.create(path, table, ignoreIfExists);
  }

  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
      throws TableNotExistException {
    tables.alter(path, table, ignoreIfNotExists);
  }

  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    tables.drop(path, ignoreIfNotExists);
  }

  @Override
  public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    tables.rename(path, newName, ignoreIfNotExists);
  }

  // Functions

  @Override
  public List<String> listFunctions(String database) throws DatabaseNotExistException {
    return functions.list(database);
  }

  @Override
  public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
    return functions.get(path);
  }

  @Override
  public boolean functionExists(ObjectPath path) {
    return functions.exists(path);
  }

  @Override
  public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
      throws FunctionAlreadyExistException, DatabaseNotExistException {
    functions.create(path, function, ignoreIfExists);
  }

  @Override
  public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    functions.alter(path, function, ignoreIfNotExists);
  }

  @Override
  public void dropFunction(ObjectPath path, boolean ignoreIfNotExists)
      throws FunctionNotExistException {
    functions.drop(path, ignoreIfNotExists);
  }

  // Models

  @Override
  public List<String> listModels(String database) throws DatabaseNotExistException {
    return models.list(database);
  }

  @Override
  public CatalogModel getModel(ObjectPath path) throws ModelNotExistException {
    return models.get(path);
  }

  @Override
  public boolean modelExists(ObjectPath path) {
    return models.exists(path);
  }

  @Override
  public void createModel(ObjectPath path, CatalogModel model, boolean ignoreIfExists)
      throws ModelAlreadyExistException, DatabaseNotExistException {
    models.create(path, model, ignoreIfExists);
  }

  @Override
  public void alterModel(ObjectPath path, CatalogModel model, boolean ignoreIfNotExists)
      throws ModelNotExistException {
    models.alter(path, model, ignoreIfNotExists);
  }

  @Override
  public void dropModel(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException {
    models.drop(path, ignoreIfNotExists);
  }

  @Override
  public void renameModel(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws ModelNotExistException, ModelAlreadyExistException {
    models.rename(path, newName, ignoreIfNotExists);
  }
}
