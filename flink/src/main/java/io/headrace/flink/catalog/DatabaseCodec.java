package io.headrace.flink.catalog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;

/** A database's own {@code database.json}: comment and properties. */
final class DatabaseCodec implements Codec<CatalogDatabase> {

  @Override
  public ObjectNode write(CatalogDatabase database) {
    ObjectNode node = Json.object();
    Json.putText(node, "comment", database.getComment());
    Json.putMap(node, "properties", database.getProperties());
    return node;
  }

  @Override
  public CatalogDatabase read(ObjectNode node) {
    return new CatalogDatabaseImpl(
        Json.map(node, "properties"), Json.optionalText(node, "comment").orElse(null));
  }
}
