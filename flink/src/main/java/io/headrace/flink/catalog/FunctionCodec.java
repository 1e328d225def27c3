package io.headrace.flink.catalog;

import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.resource.ResourceType;
import org.apache.flink.table.resource.ResourceUri;

/** Functions as JSON, whatever their language: a name for Flink to load, and where to find it. */
final class FunctionCodec implements Codec<CatalogFunction> {

  @Override
  public ObjectNode write(CatalogFunction function) {
    ObjectNode node =
        Json.object()
            .put("language", function.getFunctionLanguage().name())
            .put("class", function.getClassName());
    if (!function.getFunctionResources().isEmpty()) {
      ArrayNode resources = node.putArray("resources");
      function
          .getFunctionResources()
          .forEach(
              resource ->
                  resources
                      .addObject()
                      .put("type", resource.getResourceType().name())
                      .put("uri", resource.getUri()));
    }
    Json.putMap(node, "options", function.getOptions());
    return node;
  }

  @Override
  public CatalogFunction read(ObjectNode node) {
    List<ResourceUri> resources =
        Json.list(node, "resources").stream().map(FunctionCodec::readResource).toList();
    return new CatalogFunctionImpl(
        Json.text(node, "class"),
        FunctionLanguage.valueOf(Json.text(node, "language")),
        resources,
        Json.map(node, "options"));
  }

  private static ResourceUri readResource(JsonNode node) {
    return new ResourceUri(ResourceType.valueOf(Json.text(node, "type")), Json.text(node, "uri"));
  }
}
