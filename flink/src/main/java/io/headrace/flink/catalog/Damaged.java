package io.headrace.flink.catalog;

import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * What stands for an object whose file is damaged. Flink reads a table before it drops it, only to
 * see that it is a table: so that much is answered, and whatever looks into it gets the error.
 */
final class Damaged {

  private Damaged() {}

  static CatalogTable table(DamagedFileException error) {
    return new ResolvedCatalogTable(failing(CatalogTable.class, error), schema(error));
  }

  static CatalogView view(DamagedFileException error) {
    return new ResolvedCatalogView(failing(CatalogView.class, error), schema(error));
  }

  static CatalogModel model(DamagedFileException error) {
    return failing(ResolvedCatalogModel.class, error);
  }

  @SuppressWarnings("unchecked")
  private static ResolvedSchema schema(DamagedFileException error) {
    return ResolvedSchema.of((List<Column>) failing(List.class, error));
  }

  private static <T> T failing(Class<T> type, DamagedFileException error) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null ? Damaged.class.getClassLoader() : type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw error;
            }));
  }
}
