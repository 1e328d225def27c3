package io.headrace.flink.redis.scan;

import io.headrace.flink.redis.structure.StructureKind;
import io.headrace.flink.redis.structure.StructureOptions;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import io.headrace.flink.redis.value.ArbitraryTypes;
import io.headrace.flink.redis.value.ArbitraryValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Any table with any rows. The key's columns come first. */
final class ArbitraryTables {

  private static final int MOST_ROWS = 8;

  private ArbitraryTables() {}

  record Table(TableLayout layout, int keyColumns, List<GenericRowData> rows) {

    byte[] key(GenericRowData row) {
      return layout.key().encode(row);
    }
  }

  static Arbitrary<Table> tables(StructureKind structure) {
    Arbitrary<List<LogicalType>> keys =
        ArbitraryTypes.texts().map(type -> type.copy(false)).list().ofMinSize(1).ofMaxSize(2);
    return Combinators.combine(keys, values(structure), Arbitraries.of(true, false))
        .flatAs((key, value, alone) -> tables(structure, key, value, alone));
  }

  private static Arbitrary<List<LogicalType>> values(StructureKind structure) {
    return switch (structure) {
      case MAP ->
          Combinators.combine(
                  ArbitraryTypes.texts().map(field -> field.copy(false)),
                  ArbitraryTypes.types(2).list().ofMaxSize(3))
              .as(
                  (field, others) -> {
                    List<LogicalType> all = new ArrayList<>(List.of(field));
                    all.addAll(others);
                    return all;
                  });
      case ZSET ->
          ArbitraryTypes.texts().map(member -> List.of(member.copy(false), new DoubleType(false)));
      default -> ArbitraryTypes.types(2).list().ofMinSize(1).ofMaxSize(4);
    };
  }

  /**
   * @param alone for strings and lists: whether they hold one column, not the row as JSON
   */
  private static Arbitrary<Table> tables(
      StructureKind structure, List<LogicalType> key, List<LogicalType> value, boolean alone) {
    boolean holdsOne =
        alone && (structure == StructureKind.STRING || structure == StructureKind.LIST);
    List<LogicalType> types = new ArrayList<>(key);
    types.addAll(holdsOne ? value.subList(0, 1) : value);
    if (structure == StructureKind.LIST && holdsOne) {
      types.set(key.size(), types.get(key.size()).copy(false));
    }
    TableLayout layout = layout(structure, key.size(), types, holdsOne);
    return ArbitraryValues.rows(types)
        .filter(row -> canBeStored(structure, row))
        .list()
        .ofMaxSize(MOST_ROWS)
        .uniqueElements(row -> identity(layout, row))
        .map(rows -> new Table(layout, key.size(), rows));
  }

  /** Redis has no NaN among scores, and one zero. */
  private static boolean canBeStored(StructureKind structure, GenericRowData row) {
    if (structure != StructureKind.ZSET) {
      return true;
    }
    Double score = (Double) row.getField(row.getArity() - 1);
    return !score.isNaN() && !score.equals(-0.0);
  }

  /** What of two rows in a table is never equal. Rows of lists and streams can be. */
  private static Object identity(TableLayout layout, GenericRowData row) {
    if (layout.structure().isAppendOnly()) {
      return new Object();
    }
    String key = new String(layout.key().encode(row), java.nio.charset.StandardCharsets.UTF_8);
    if (layout.memberColumn() == null) {
      return key;
    }
    int member = layout.memberColumn();
    return List.of(key, layout.formats().get(member).text(row.getField(member)));
  }

  private static TableLayout layout(
      StructureKind structure, int keyColumns, List<LogicalType> types, boolean holdsOne) {
    List<String> names = IntStream.range(0, types.size()).mapToObj(i -> "列" + i).toList();
    Configuration options = new Configuration();
    options.set(StructureOptions.STRUCTURE, structure);
    StringBuilder key = new StringBuilder("t");
    names.subList(0, keyColumns).forEach(name -> key.append(":<").append(name).append(">"));
    options.set(StructureOptions.KEY, key.toString());
    if (holdsOne) {
      options.set(StructureOptions.VALUE_COLUMN, names.get(keyColumns));
    }
    List<String> primaryKey = new ArrayList<>(names.subList(0, keyColumns));
    if (structure == StructureKind.ZSET) {
      options.set(StructureOptions.ZSET_MEMBER_COLUMN, names.get(keyColumns));
      options.set(StructureOptions.ZSET_SCORE_COLUMN, names.get(keyColumns + 1));
      primaryKey.add(names.get(keyColumns));
    }
    if (structure == StructureKind.MAP) {
      options.set(StructureOptions.MAP_FIELD_COLUMN, names.get(keyColumns));
      primaryKey.add(names.get(keyColumns));
    }
    RowType type = RowType.of(types.toArray(new LogicalType[0]), names.toArray(new String[0]));
    return TableLayout.of(
        new TableOptions("c.d.t", options),
        "t",
        type,
        structure.isAppendOnly() ? List.of() : primaryKey,
        Map.of());
  }
}
