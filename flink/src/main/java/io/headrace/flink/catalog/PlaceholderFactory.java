package io.headrace.flink.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;

/**
 * Flink asks a catalog for the factory of its tables, before it looks for a connector. This one
 * fills the placeholders in the options and hands over to the connector that the options name. So
 * the values are known to the connector alone: not to SHOW CREATE, to LIKE, or to a compiled plan.
 */
final class PlaceholderFactory
    implements DynamicTableSourceFactory, DynamicTableSinkFactory, ModelProviderFactory {

  private final Placeholders placeholders;
  private final ReadableConfig configuration;

  /**
   * @param configuration the session's, for tables that Flink reads without saying whose it is
   */
  PlaceholderFactory(Placeholders placeholders, ReadableConfig configuration) {
    this.placeholders = placeholders;
    this.configuration = configuration;
  }

  /**
   * The table with its placeholders filled; {@link #createDynamicTableSource} takes it as it is.
   */
  CatalogTable fill(String place, CatalogTable table) {
    return table.copy(
        new PlanRestoring.FilledOptions(
            placeholders.resolve(place, table.getOptions(), configuration)));
  }

  @Override
  public String factoryIdentifier() {
    return HeadraceCatalogOptions.IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(DynamicTableFactory.Context context) {
    TableContext filled = fill(context);
    return connector(DynamicTableSourceFactory.class, filled).createDynamicTableSource(filled);
  }

  @Override
  public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
    TableContext filled = fill(context);
    return connector(DynamicTableSinkFactory.class, filled).createDynamicTableSink(filled);
  }

  @Override
  public ModelProvider createModelProvider(ModelProviderFactory.Context context) {
    String place = "Model " + context.getObjectIdentifier().asSummaryString();
    ResolvedCatalogModel model = context.getCatalogModel();
    var filled =
        new ModelContext(
            context,
            (ResolvedCatalogModel)
                model.copy(
                    placeholders.resolve(place, model.getOptions(), context.getConfiguration())));
    return discover(
            ModelProviderFactory.class,
            place,
            FactoryUtil.PROVIDER,
            filled.model().getOptions(),
            context.getClassLoader())
        .createModelProvider(filled);
  }

  /**
   * A temporary table is not this catalog's, and its options are as they are meant. Flink asks for
   * it all the same, when it restores a compiled plan.
   */
  private TableContext fill(DynamicTableFactory.Context context) {
    ResolvedCatalogTable table = context.getCatalogTable();
    return context.isTemporary()
        ? new TableContext(context, table, context.getEnrichmentOptions())
        : new TableContext(
            context,
            table.copy(fill(context, table.getOptions())),
            fill(context, context.getEnrichmentOptions()));
  }

  private Map<String, String> fill(
      DynamicTableFactory.Context context, Map<String, String> options) {
    return options instanceof PlanRestoring.FilledOptions
        ? options
        : placeholders.resolve(place(context), options, context.getConfiguration());
  }

  private static String place(DynamicTableFactory.Context context) {
    return "Table " + context.getObjectIdentifier().asSummaryString();
  }

  private static <T extends Factory> T connector(Class<T> type, TableContext context) {
    return discover(
        type,
        place(context),
        FactoryUtil.CONNECTOR,
        context.table().getOptions(),
        context.getClassLoader());
  }

  private static <T extends Factory> T discover(
      Class<T> type,
      String place,
      ConfigOption<String> option,
      Map<String, String> options,
      ClassLoader loader) {
    String identifier =
        Optional.ofNullable(options.get(option.key()))
            .orElseThrow(
                () ->
                    new ValidationException(
                        String.format(
                            "%s: the option '%s' is missing. Say in it which one is to be used.",
                            place, option.key())));
    return FactoryUtil.discoverFactory(loader, type, identifier);
  }

  /** What Flink says of a table, with the options filled. */
  private record TableContext(
      DynamicTableFactory.Context origin, ResolvedCatalogTable table, Map<String, String> enriching)
      implements DynamicTableFactory.Context {

    @Override
    public ObjectIdentifier getObjectIdentifier() {
      return origin.getObjectIdentifier();
    }

    @Override
    public ResolvedCatalogTable getCatalogTable() {
      return table;
    }

    @Override
    public Map<String, String> getEnrichmentOptions() {
      return enriching;
    }

    @Override
    public ReadableConfig getConfiguration() {
      return origin.getConfiguration();
    }

    @Override
    public ClassLoader getClassLoader() {
      return origin.getClassLoader();
    }

    @Override
    public boolean isTemporary() {
      return origin.isTemporary();
    }
  }

  /** What Flink says of a model, with the options filled. */
  private record ModelContext(ModelProviderFactory.Context origin, ResolvedCatalogModel model)
      implements ModelProviderFactory.Context {

    @Override
    public ObjectIdentifier getObjectIdentifier() {
      return origin.getObjectIdentifier();
    }

    @Override
    public ResolvedCatalogModel getCatalogModel() {
      return model;
    }

    @Override
    public ReadableConfig getConfiguration() {
      return origin.getConfiguration();
    }

    @Override
    public ClassLoader getClassLoader() {
      return origin.getClassLoader();
    }

    @Override
    public boolean isTemporary() {
      return origin.isTemporary();
    }
  }
}
