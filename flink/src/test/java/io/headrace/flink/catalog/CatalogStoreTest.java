package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Flink's file catalog store, a session needs no CREATE CATALOG: everything is there. */
class CatalogStoreTest {

  @TempDir Path folder;

  private TableEnvironment session() {
    Configuration configuration = new Configuration();
    configuration.setString("table.catalog-store.kind", "file");
    configuration.setString(
        "table.catalog-store.file.path", folder.resolve("store").toUri().toString());
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(configuration)
            .build());
  }

  @Test
  void catalogAndItsObjectsAreInEverySession() {
    TableEnvironment first = session();
    first.executeSql(
        "CREATE CATALOG headrace WITH ('type' = 'headrace', 'default-database' = 'main', 'path' = '"
            + folder.resolve("catalog")
            + "')");
    first.executeSql("CREATE TABLE headrace.main.t (a INT)");

    TableEnvironment second = session();
    second.useCatalog("headrace");

    assertThat(second.getCurrentDatabase()).isEqualTo("main");
    assertThat(second.listTables()).containsExactly("t");
  }

  @Test
  void wrongCatalogOptions() {
    assertThatThrownBy(() -> session().executeSql("CREATE CATALOG c WITH ('type' = 'headrace')"))
        .rootCause()
        .hasMessageContaining("path");
    assertThatThrownBy(
            () ->
                session()
                    .executeSql(
                        "CREATE CATALOG c WITH ('type' = 'headrace', 'path' = 'nosuchfs://x/y')"))
        .satisfies(
            e ->
                assertThat(ExceptionUtils.stringifyException(e))
                    .contains(
                        "Catalog path nosuchfs://x/y cannot be created",
                        "plugin of its file system"));
  }
}
