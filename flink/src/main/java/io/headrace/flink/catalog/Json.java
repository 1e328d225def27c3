package io.headrace.flink.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonLocation;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.util.DefaultIndenter;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.util.Separators;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The few things that the codecs need of JSON. Reading is strict: the files may be edited by hand,
 * and an {@link IllegalArgumentException} here says which field is wrong.
 */
final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode node) {
        return node;
      }
      throw new IllegalArgumentException("the file holds no JSON object");
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new IllegalArgumentException(
          String.format(
              "line %d, column %d: %s",
              location.getLineNr(), location.getColumnNr(), e.getOriginalMessage()),
          e);
    }
  }

  /** Two spaces, one item a line, and a line feed at the end, on every operating system. */
  static String print(ObjectNode node) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  static String text(JsonNode node, String field) {
    return optionalText(node, field)
        .orElseThrow(() -> new IllegalArgumentException("field '" + field + "' is missing"));
  }

  static Optional<String> optionalText(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("field '" + field + "' must be a string, is " + value);
    }
    return Optional.of(value.asText());
  }

  static void putText(ObjectNode node, String field, String value) {
    if (value != null && !value.isEmpty()) {
      node.put(field, value);
    }
  }

  static List<JsonNode> list(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new IllegalArgumentException("field '" + field + "' must be a list, is " + value);
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    return items;
  }

  static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(node, field)) {
      if (!item.isTextual()) {
        throw new IllegalArgumentException("field '" + field + "' must list strings, has " + item);
      }
      texts.add(item.asText());
    }
    return texts;
  }

  static void putTexts(ObjectNode node, String field, List<String> values) {
    if (!values.isEmpty()) {
      var array = node.putArray(field);
      values.forEach(array::add);
    }
  }

  static Map<String, String> map(JsonNode node, String field) {
    JsonNode value = node.get(field);
    Map<String, String> map = new TreeMap<>();
    if (value == null) {
      return map;
    }
    if (!value.isObject()) {
      throw new IllegalArgumentException("field '" + field + "' must be an object, is " + value);
    }
    value.fieldNames().forEachRemaining(key -> map.put(key, text(value, key)));
    return map;
  }

  /** Sorted by key, because Flink hands options over in no order. */
  static void putMap(ObjectNode node, String field, Map<String, String> map) {
    if (!map.isEmpty()) {
      ObjectNode object = node.putObject(field);
      new TreeMap<>(map).forEach(object::put);
    }
  }
}
