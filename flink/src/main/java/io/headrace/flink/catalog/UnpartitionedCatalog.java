package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.procedures.Procedure;

/**
 * The part of Flink's catalog interface that has nothing behind it here: partitions, statistics and
 * older versions of tables live in the systems that the tables point to; there are no procedures.
 */
abstract class UnpartitionedCatalog extends AbstractCatalog {

  UnpartitionedCatalog(String name, String defaultDatabase) {
    super(name, defaultDatabase);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath table)
      throws TableNotExistException, TableNotPartitionedException {
    if (getTable(table) instanceof CatalogTable partitioned && partitioned.isPartitioned()) {
      throw noPartitions(table);
    }
    throw new TableNotPartitionedException(getName(), table);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitions(ObjectPath table, CatalogPartitionSpec spec)
      throws TableNotExistException, TableNotPartitionedException {
    return listPartitions(table);
  }

  @Override
  public List<CatalogPartitionSpec> listPartitionsByFilter(
      ObjectPath table, List<Expression> filters)
      throws TableNotExistException, TableNotPartitionedException {
    return listPartitions(table);
  }

  @Override
  public CatalogPartition getPartition(ObjectPath table, CatalogPartitionSpec spec)
      throws PartitionNotExistException {
    throw new PartitionNotExistException(getName(), table, spec);
  }

  @Override
  public boolean partitionExists(ObjectPath table, CatalogPartitionSpec spec) {
    return false;
  }

  @Override
  public void createPartition(
      ObjectPath table,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfExists) {
    throw noPartitions(table);
  }

  @Override
  public void dropPartition(
      ObjectPath table, CatalogPartitionSpec spec, boolean ignoreIfNotExists) {
    throw noPartitions(table);
  }

  @Override
  public void alterPartition(
      ObjectPath table,
      CatalogPartitionSpec spec,
      CatalogPartition partition,
      boolean ignoreIfNotExists) {
    throw noPartitions(table);
  }

  private UnsupportedOperationException noPartitions(ObjectPath table) {
    return new UnsupportedOperationException(
        String.format(
            "Table %s.%s: the catalog keeps no list of partitions. Look for them, create, alter or"
                + " drop them in the system that holds the table's data.",
            getName(), table.getFullName()));
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath table, long timestamp) {
    throw new UnsupportedOperationException(
        String.format(
            "Table %s.%s: the catalog keeps no older versions of tables. Leave out FOR SYSTEM_TIME"
                + " AS OF with a time of its own; a temporal join (… AS OF l.proc_time) needs none.",
            getName(), table.getFullName()));
  }

  @Override
  public List<String> listProcedures(String database) throws DatabaseNotExistException {
    if (!databaseExists(database)) {
      throw new DatabaseNotExistException(getName(), database);
    }
    return List.of();
  }

  @Override
  public Procedure getProcedure(ObjectPath procedure) throws ProcedureNotExistException {
    throw new ProcedureNotExistException(getName(), procedure);
  }

  @Override
  public CatalogTableStatistics getTableStatistics(ObjectPath table) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public CatalogColumnStatistics getTableColumnStatistics(ObjectPath table) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public CatalogTableStatistics getPartitionStatistics(
      ObjectPath table, CatalogPartitionSpec spec) {
    return CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public CatalogColumnStatistics getPartitionColumnStatistics(
      ObjectPath table, CatalogPartitionSpec spec) {
    return CatalogColumnStatistics.UNKNOWN;
  }

  @Override
  public void alterTableStatistics(
      ObjectPath table, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
    throw noStatistics(table);
  }

  @Override
  public void alterTableColumnStatistics(
      ObjectPath table, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
    throw noStatistics(table);
  }

  @Override
  public void alterPartitionStatistics(
      ObjectPath table,
      CatalogPartitionSpec spec,
      CatalogTableStatistics statistics,
      boolean ignoreIfNotExists) {
    throw noStatistics(table);
  }

  @Override
  public void alterPartitionColumnStatistics(
      ObjectPath table,
      CatalogPartitionSpec spec,
      CatalogColumnStatistics statistics,
      boolean ignoreIfNotExists) {
    throw noStatistics(table);
  }

  private UnsupportedOperationException noStatistics(ObjectPath table) {
    return new UnsupportedOperationException(
        String.format(
            "Table %s.%s: the catalog keeps no statistics. Leave out ANALYZE TABLE; the planner"
                + " takes them from the connector where it offers them.",
            getName(), table.getFullName()));
  }
}
