package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.expressions.DefaultSqlFactory;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/**
 * Columns, watermarks and keys as JSON. Flink's own {@code CatalogPropertiesUtil} holds the same in
 * flat keys ({@code schema.10.name} sorts before {@code schema.2.name}) mixed with the options;
 * these files are meant to be read and compared by people.
 */
final class SchemaCodec {

  private SchemaCodec() {}

  static void write(ObjectNode node, ResolvedSchema schema) {
    writeColumns(node.putArray("columns"), schema.getColumns());
    if (!schema.getWatermarkSpecs().isEmpty()) {
      ArrayNode watermarks = node.putArray("watermarks");
      schema
          .getWatermarkSpecs()
          .forEach(
              spec ->
                  watermarks
                      .addObject()
                      .put("column", spec.getRowtimeAttribute())
                      .put("expression", sql(spec.getWatermarkExpression())));
    }
    schema
        .getPrimaryKey()
        .ifPresent(key -> named(node.putObject("primaryKey"), key.getName(), key.getColumns()));
    if (!schema.getIndexes().isEmpty()) {
      ArrayNode indexes = node.putArray("indexes");
      schema
          .getIndexes()
          .forEach(index -> named(indexes.addObject(), index.getName(), index.getColumns()));
    }
    schema
        .getImmutableColumns()
        .ifPresent(
            columns ->
                named(node.putObject("immutableColumns"), columns.getName(), columns.getColumns()));
  }

  static void writeColumns(ArrayNode array, List<Column> columns) {
    columns.forEach(column -> writeColumn(array.addObject(), column));
  }

  private static void writeColumn(ObjectNode node, Column column) {
    node.put("name", column.getName());
    if (column instanceof Column.ComputedColumn computed) {
      node.put("expression", sql(computed.getExpression()));
    } else {
      node.put("type", column.getDataType().getLogicalType().asSerializableString());
    }
    if (column instanceof Column.MetadataColumn metadata) {
      node.put("metadata", metadata.getMetadataKey().orElse(metadata.getName()));
      if (metadata.isVirtual()) {
        node.put("virtual", true);
      }
    }
    column.getComment().ifPresent(comment -> Json.putText(node, "comment", comment));
  }

  private static String sql(ResolvedExpression expression) {
    return expression.asSerializableString(DefaultSqlFactory.INSTANCE);
  }

  private static void named(ObjectNode node, String name, List<String> columns) {
    node.put("name", name);
    Json.putTexts(node, "columns", columns);
  }

  static Schema read(ObjectNode node) {
    Schema.Builder schema = Schema.newBuilder();
    readColumns(schema, Json.list(node, "columns"));
    for (JsonNode watermark : Json.list(node, "watermarks")) {
      schema.watermark(Json.text(watermark, "column"), Json.text(watermark, "expression"));
    }
    JsonNode key = node.get("primaryKey");
    if (key != null) {
      schema.primaryKeyNamed(Json.text(key, "name"), Json.texts(key, "columns"));
    }
    for (JsonNode index : Json.list(node, "indexes")) {
      schema.indexNamed(Json.text(index, "name"), Json.texts(index, "columns"));
    }
    JsonNode immutable = node.get("immutableColumns");
    if (immutable != null) {
      schema.immutableColumnsNamed(Json.text(immutable, "name"), Json.texts(immutable, "columns"));
    }
    return schema.build();
  }

  static Schema readColumns(List<JsonNode> columns) {
    Schema.Builder schema = Schema.newBuilder();
    readColumns(schema, columns);
    return schema.build();
  }

  private static void readColumns(Schema.Builder schema, List<JsonNode> columns) {
    for (JsonNode column : columns) {
      String name = Json.text(column, "name");
      if (column.has("expression")) {
        schema.columnByExpression(name, Json.text(column, "expression"));
      } else if (column.has("metadata")) {
        String key = Json.text(column, "metadata");
        schema.columnByMetadata(
            name, type(column), key.equals(name) ? null : key, column.path("virtual").asBoolean());
      } else {
        schema.column(name, type(column));
      }
      Json.optionalText(column, "comment").ifPresent(schema::withComment);
    }
  }

  /** Flink would take a misspelt type for one of a user's own, and not say which it is. */
  private static String type(JsonNode column) {
    String type = Json.text(column, "type");
    LogicalType parsed = LogicalTypeParser.parse(type, SchemaCodec.class.getClassLoader());
    if (LogicalTypeChecks.hasNested(parsed, nested -> nested.is(LogicalTypeRoot.UNRESOLVED))) {
      throw new IllegalArgumentException("field 'type' must be a type of Flink's, is " + type);
    }
    return type;
  }
}
