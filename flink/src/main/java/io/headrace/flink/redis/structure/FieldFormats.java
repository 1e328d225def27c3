package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.table.TableOptions;
import io.headrace.flink.redis.value.ValueFormat;
import io.headrace.flink.redis.value.VectorFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;

/** The format of each column: by its type, or as {@code 'fields.<column>.format'} says. */
final class FieldFormats {

  private FieldFormats() {}

  static List<ValueFormat> of(
      TableOptions options,
      List<String> columns,
      List<LogicalType> types,
      Map<String, String> declared) {
    requireColumns(options, columns, declared);
    List<ValueFormat> formats = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String option = option(columns.get(i));
      formats.add(
          declared.containsKey(option)
              ? vector(options, option, declared.get(option), types.get(i))
              : plain(options, columns.get(i), types.get(i)));
    }
    return List.copyOf(formats);
  }

  private static String option(String column) {
    return StructureOptions.FIELDS_PREFIX + column + StructureOptions.FORMAT_SUFFIX;
  }

  private static void requireColumns(
      TableOptions options, List<String> columns, Map<String, String> declared) {
    List<String> known = columns.stream().map(FieldFormats::option).toList();
    for (String key : declared.keySet()) {
      if (key.startsWith(StructureOptions.FIELDS_PREFIX) && !known.contains(key)) {
        throw options.wrong(
            key,
            "it names no column's format",
            "Write 'fields.<column>.format', with one of the columns " + columns);
      }
    }
  }

  private static ValueFormat vector(
      TableOptions options, String option, String format, LogicalType type) {
    if (!format.equals(StructureOptions.VECTOR)) {
      throw options.wrong(
          option, "'" + format + "' is no format", "Write '" + StructureOptions.VECTOR + "'");
    }
    try {
      return VectorFormat.of(type);
    } catch (UnsupportedOperationException e) {
      throw new ValidationException(
          String.format("Table %s, option '%s': %s", options.table(), option, e.getMessage()));
    }
  }

  private static ValueFormat plain(TableOptions options, String column, LogicalType type) {
    try {
      return ValueFormat.of(type);
    } catch (UnsupportedOperationException e) {
      throw new ValidationException(
          String.format("Table %s, column '%s': %s", options.table(), column, e.getMessage()));
    }
  }
}
