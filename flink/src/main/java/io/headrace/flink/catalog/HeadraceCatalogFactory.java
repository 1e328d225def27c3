package io.headrace.flink.catalog;

import java.io.File;
import java.net.URI;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Lets Flink find the catalog under {@code 'type' = 'headrace'}. */
public final class HeadraceCatalogFactory implements CatalogFactory {

  @Override
  public String factoryIdentifier() {
    return HeadraceCatalogOptions.IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(HeadraceCatalogOptions.PATH);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(HeadraceCatalogOptions.DEFAULT_DATABASE);
  }

  @Override
  public Catalog createCatalog(Context context) {
    var helper = FactoryUtil.createCatalogFactoryHelper(this, context);
    helper.validate();
    var placeholders = new Placeholders(System::getenv);
    String path =
        placeholders.resolve(
            String.format("Catalog '%s'", context.getName()),
            HeadraceCatalogOptions.PATH.key(),
            helper.getOptions().get(HeadraceCatalogOptions.PATH),
            context.getConfiguration());
    return new HeadraceCatalog(
        context.getName(),
        helper.getOptions().get(HeadraceCatalogOptions.DEFAULT_DATABASE),
        new CatalogFiles(root(context.getName(), path)),
        new PlaceholderFactory(placeholders, context.getConfiguration()));
  }

  /** A path without a scheme is local, whatever the cluster's default file system is. */
  private static Path root(String catalog, String path) {
    try {
      return URI.create(path).getScheme() == null
          ? Path.fromLocalFile(new File(path).getAbsoluteFile())
          : new Path(path);
    } catch (IllegalArgumentException e) {
      throw new ValidationException(
          String.format(
              "Catalog '%s', option 'path': '%s' is neither a URI nor a local path (%s)."
                  + " Write it like 'file:///srv/catalog', 's3://bucket/catalog' or"
                  + " '/srv/catalog'.",
              catalog, path, e.getMessage()));
    }
  }
}
