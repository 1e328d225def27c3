package io.headrace.flink.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/** Models whose prediction is the API key that they were given, as their provider sees it. */
public final class EchoModelFactory implements ModelProviderFactory {

  private static final ConfigOption<String> API_KEY =
      ConfigOptions.key("api-key").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return "echo";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(API_KEY);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public ModelProvider createModelProvider(Context context) {
    var helper = FactoryUtil.createModelProviderFactoryHelper(this, context);
    helper.validate();
    String apiKey = helper.getOptions().get(API_KEY);
    return new Provider(apiKey);
  }

  private record Provider(String apiKey) implements PredictRuntimeProvider {

    @Override
    public PredictFunction createPredictFunction(Context context) {
      return new Echo(apiKey);
    }

    @Override
    public ModelProvider copy() {
      return this;
    }
  }

  /** The prediction. */
  public static final class Echo extends PredictFunction {

    private final String apiKey;

    Echo(String apiKey) {
      this.apiKey = apiKey;
    }

    @Override
    public Collection<RowData> predict(RowData input) {
      return List.of(GenericRowData.of(StringData.fromString(apiKey)));
    }
  }
}
