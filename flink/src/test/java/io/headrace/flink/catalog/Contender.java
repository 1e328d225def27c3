package io.headrace.flink.catalog;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.exceptions.CatalogException;

/** One of several that change the same objects, with a catalog of its own. */
final class Contender {

  static final ObjectPath COUNTER = new ObjectPath("default", "counter");

  private final HeadraceCatalog catalog;

  Contender(URI folder) {
    catalog =
        new HeadraceCatalog(
            "headrace",
            "default",
            new CatalogFiles(new Path(folder)),
            new PlaceholderFactory(new Placeholders(name -> null), new Configuration()));
    catalog.open();
  }

  HeadraceCatalog catalog() {
    return catalog;
  }

  static CatalogTable table(Map<String, String> options) {
    return new ResolvedCatalogTable(
        CatalogTable.newBuilder()
            .schema(Schema.newBuilder().column("a", DataTypes.INT()).build())
            .options(options)
            .build(),
        ResolvedSchema.of(List.of(Column.physical("a", DataTypes.INT()))));
  }

  int count() throws Exception {
    return Integer.parseInt(catalog.getTable(COUNTER).getOptions().get("count"));
  }

  /** Adds 1 to the counter so many times, again whenever another one was faster. */
  void increment(int times) throws Exception {
    for (int done = 0; done < times; ) {
      Map<String, String> options = new HashMap<>();
      options.put("count", String.valueOf(count() + 1));
      try {
        catalog.alterTable(COUNTER, table(options), false);
        done += 1;
      } catch (CatalogException e) {
        if (!e.getMessage().contains("another session has changed it")) {
          throw e;
        }
      }
    }
  }

  /** A process of its own: the catalog's folder, and how many times to add 1. */
  public static void main(String[] arguments) throws Exception {
    new Contender(URI.create(arguments[0])).increment(Integer.parseInt(arguments[1]));
  }
}
