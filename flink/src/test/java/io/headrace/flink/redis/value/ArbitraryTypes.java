package io.headrace.flink.redis.value;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.DayTimeIntervalType.DayTimeResolution;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;
import org.apache.flink.table.types.logical.YearMonthIntervalType.YearMonthResolution;

/** Any type of Flink SQL that Redis can hold, for property tests. */
public final class ArbitraryTypes {

  private static final Arbitrary<String> FIELD_NAMES =
      Arbitraries.of("id", "名", "a\"b", " x y", "\u0000", "<é>", "😀", "f5", "f6", "f7");

  private ArbitraryTypes() {}

  public static Arbitrary<LogicalType> types(int depth) {
    Arbitrary<LogicalType> type =
        depth == 0
            ? Arbitraries.oneOf(texts(), binary())
            : Arbitraries.oneOf(texts(), binary(), collections(depth), rows(depth));
    return Combinators.combine(type, Arbitraries.of(true, false)).as(LogicalType::copy);
  }

  /** Those that have no parts and are text in Redis. */
  public static Arbitrary<LogicalType> texts() {
    Arbitrary<Integer> precisions = Arbitraries.integers().between(0, 9);
    return Arbitraries.oneOf(
        Arbitraries.of(
            List.of(
                new BooleanType(),
                new TinyIntType(),
                new SmallIntType(),
                new IntType(),
                new BigIntType(),
                new FloatType(),
                new DoubleType(),
                new DateType(),
                new YearMonthIntervalType(YearMonthResolution.YEAR_TO_MONTH),
                new DayTimeIntervalType(DayTimeResolution.DAY_TO_SECOND),
                new CharType(3),
                VarCharType.STRING_TYPE)),
        precisions.map(TimeType::new),
        precisions.map(TimestampType::new),
        precisions.map(LocalZonedTimestampType::new),
        Arbitraries.integers()
            .between(1, 38)
            .flatMap(
                precision ->
                    Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> new DecimalType(precision, scale))));
  }

  private static Arbitrary<LogicalType> binary() {
    return Arbitraries.just(new VarBinaryType(VarBinaryType.MAX_LENGTH));
  }

  private static Arbitrary<LogicalType> collections(int depth) {
    Arbitrary<LogicalType> parts = types(depth - 1);
    return Arbitraries.oneOf(
        parts.map(ArrayType::new),
        parts.map(type -> new MultisetType(type.copy(false))),
        Combinators.combine(parts, parts).as((key, value) -> new MapType(key.copy(false), value)));
  }

  private static Arbitrary<LogicalType> rows(int depth) {
    Arbitrary<List<RowType.RowField>> fields =
        FIELD_NAMES
            .list()
            .uniqueElements()
            .ofMinSize(1)
            .ofMaxSize(4)
            .flatMap(
                names ->
                    types(depth - 1)
                        .list()
                        .ofSize(names.size())
                        .map(fieldTypes -> rowFields(names, fieldTypes)));
    return Arbitraries.oneOf(
        fields.map(RowType::new),
        fields.map(ArbitraryTypes::structured),
        Arbitraries.oneOf(texts(), binary(), collections(depth)).map(ArbitraryTypes::distinct));
  }

  private static List<RowType.RowField> rowFields(List<String> names, List<LogicalType> types) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new RowType.RowField(names.get(i), types.get(i)));
    }
    return fields;
  }

  private static LogicalType structured(List<RowType.RowField> fields) {
    return StructuredType.newBuilder(ObjectIdentifier.of("catalog", "database", "structured"))
        .attributes(
            fields.stream()
                .map(
                    field ->
                        new StructuredType.StructuredAttribute(field.getName(), field.getType()))
                .toList())
        .build();
  }

  private static LogicalType distinct(LogicalType source) {
    return DistinctType.newBuilder(ObjectIdentifier.of("catalog", "database", "distinct"), source)
        .build();
  }
}
