package io.headrace.flink.catalog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ResolvedCatalogView;

/** Views as JSON: the query as it was written, and as Flink expanded it (with full names). */
final class ViewCodec implements Codec<CatalogView> {

  @Override
  public ObjectNode write(CatalogView view) {
    ObjectNode node = Json.object();
    Json.putText(node, "comment", view.getComment());
    node.put("query", view.getOriginalQuery());
    node.put("expandedQuery", view.getExpandedQuery());
    SchemaCodec.write(node, ((ResolvedCatalogView) view).getResolvedSchema());
    Json.putMap(node, "options", view.getOptions());
    return node;
  }

  @Override
  public CatalogView read(ObjectNode node) {
    return CatalogView.of(
        SchemaCodec.read(node),
        Json.optionalText(node, "comment").orElse(null),
        Json.text(node, "query"),
        Json.text(node, "expandedQuery"),
        Json.map(node, "options"));
  }
}
