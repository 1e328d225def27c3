package io.headrace.flink.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.legacy.table.connector.source.SourceFunctionProvider;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** The planner's view of a table of SQL tests: what it reads, and Kafka's metadata beside it. */
final class CaseTableSource implements ScanTableSource, SupportsReadingMetadata {

  private final String path;
  private final String table;
  private final DecodingFormat<DeserializationSchema<RowData>> format;
  private final DataType messageType;
  private List<Metadata> metadata = List.of();

  CaseTableSource(
      String path,
      String table,
      DecodingFormat<DeserializationSchema<RowData>> format,
      DataType messageType) {
    this.path = path;
    this.table = table;
    this.format = format;
    this.messageType = messageType;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return format.getChangelogMode();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    var decoder = format.createRuntimeDecoder(context, messageType);
    return SourceFunctionProvider.of(
        new CaseSourceFunction(path, table, decoder, List.copyOf(metadata)), true);
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Metadata each : Metadata.values()) {
      types.put(each.key(), each.type());
    }
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType producedType) {
    metadata = keys.stream().map(Metadata::of).toList();
  }

  @Override
  public DynamicTableSource copy() {
    var copy = new CaseTableSource(path, table, format, messageType);
    copy.metadata = metadata;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "Test case (" + path + ")";
  }
}
