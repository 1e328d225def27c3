package io.headrace.flink.catalog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableDistribution;

/** Tables as JSON. What is written was resolved by Flink; what is read, Flink resolves again. */
final class TableCodec implements Codec<CatalogTable> {

  @Override
  public ObjectNode write(CatalogTable table) {
    ObjectNode node = Json.object();
    Json.putText(node, "comment", table.getComment());
    SchemaCodec.write(node, ((ResolvedCatalogTable) table).getResolvedSchema());
    Json.putTexts(node, "partitionKeys", table.getPartitionKeys());
    table.getDistribution().ifPresent(d -> write(node.putObject("distribution"), d));
    table.getSnapshot().ifPresent(snapshot -> node.put("snapshot", snapshot));
    Json.putMap(node, "options", table.getOptions());
    return node;
  }

  private static void write(ObjectNode node, TableDistribution distribution) {
    node.put("kind", distribution.getKind().name());
    distribution.getBucketCount().ifPresent(count -> node.put("buckets", count));
    Json.putTexts(node, "columns", distribution.getBucketKeys());
  }

  @Override
  public CatalogTable read(ObjectNode node) {
    return CatalogTable.newBuilder()
        .comment(Json.optionalText(node, "comment").orElse(null))
        .schema(SchemaCodec.read(node))
        .partitionKeys(Json.texts(node, "partitionKeys"))
        .distribution(readDistribution(node.get("distribution")))
        .snapshot(node.has("snapshot") ? node.get("snapshot").asLong() : null)
        .options(Json.map(node, "options"))
        .build();
  }

  private static TableDistribution readDistribution(JsonNode node) {
    return node == null
        ? null
        : TableDistribution.of(
            TableDistribution.Kind.valueOf(Json.text(node, "kind")),
            node.has("buckets") ? node.get("buckets").asInt() : null,
            Json.texts(node, "columns"));
  }
}
