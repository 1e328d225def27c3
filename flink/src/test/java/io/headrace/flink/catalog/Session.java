package io.headrace.flink.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Catalog;

/** A SQL session whose current catalog is the given folder. Sessions share nothing but files. */
final class Session {

  private final TableEnvironment sql;

  Session(Path folder) {
    this(folder.toUri());
  }

  Session(URI folder) {
    this(folder, EnvironmentSettings.inStreamingMode());
  }

  Session(URI folder, EnvironmentSettings settings) {
    sql = TableEnvironment.create(settings);
    sql.executeSql("CREATE CATALOG headrace WITH ('type' = 'headrace', 'path' = '" + folder + "')");
    sql.executeSql("USE CATALOG headrace");
  }

  Session set(String key, String value) {
    sql.getConfig().set(key, value);
    return this;
  }

  Session run(String statement) {
    sql.executeSql(statement);
    return this;
  }

  /** The first column of the result, as text. */
  List<String> rows(String statement) {
    List<String> rows = new ArrayList<>();
    sql.executeSql(statement)
        .collect()
        .forEachRemaining(row -> rows.add(String.valueOf(row.getField(0))));
    return rows;
  }

  List<String> columns(String table) {
    return sql.from(table).getResolvedSchema().getColumnNames();
  }

  TableEnvironment sql() {
    return sql;
  }

  Catalog catalog() {
    return sql.getCatalog("headrace").orElseThrow();
  }
}
