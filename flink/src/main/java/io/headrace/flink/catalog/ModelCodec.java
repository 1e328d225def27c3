package io.headrace.flink.catalog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.ResolvedCatalogModel;

/** Flink's own models ({@code CREATE MODEL}, {@code ML_PREDICT}) as JSON. */
final class ModelCodec implements Codec<CatalogModel> {

  @Override
  public ObjectNode write(CatalogModel model) {
    ResolvedCatalogModel resolved = (ResolvedCatalogModel) model;
    ObjectNode node = Json.object();
    Json.putText(node, "comment", model.getComment());
    SchemaCodec.writeColumns(
        node.putArray("input"), resolved.getResolvedInputSchema().getColumns());
    SchemaCodec.writeColumns(
        node.putArray("output"), resolved.getResolvedOutputSchema().getColumns());
    Json.putMap(node, "options", model.getOptions());
    return node;
  }

  @Override
  public CatalogModel read(ObjectNode node) {
    return CatalogModel.of(
        SchemaCodec.readColumns(Json.list(node, "input")),
        SchemaCodec.readColumns(Json.list(node, "output")),
        Json.map(node, "options"),
        Json.optionalText(node, "comment").orElse(null));
  }
}
