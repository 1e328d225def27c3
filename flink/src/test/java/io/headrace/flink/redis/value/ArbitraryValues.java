package io.headrace.flink.redis.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Any value of a type, in Flink's internal data structures, for property tests. */
public final class ArbitraryValues {

  private static final long MILLIS_PER_DAY = 86_400_000;

  private ArbitraryValues() {}

  /** NULLs inside only. */
  public static Arbitrary<Object> nonNull(LogicalType type) {
    Arbitrary<?> values =
        switch (type.getTypeRoot()) {
          case BOOLEAN -> Arbitraries.of(true, false);
          case TINYINT -> Arbitraries.bytes();
          case SMALLINT -> Arbitraries.shorts();
          case INTEGER, DATE, INTERVAL_YEAR_MONTH ->
              Arbitraries.oneOf(
                  Arbitraries.integers(), Arbitraries.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE));
          case BIGINT, INTERVAL_DAY_TIME ->
              Arbitraries.oneOf(
                  Arbitraries.longs(), Arbitraries.of(0L, Long.MIN_VALUE, Long.MAX_VALUE));
          case FLOAT ->
              Arbitraries.oneOf(
                  Arbitraries.integers().map(Float::intBitsToFloat),
                  Arbitraries.of(0f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN));
          case DOUBLE ->
              Arbitraries.oneOf(
                  Arbitraries.longs().map(Double::longBitsToDouble),
                  Arbitraries.integers().map(number -> number / 100.0),
                  Arbitraries.of(0d, -0d, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN));
          case DECIMAL -> decimals((DecimalType) type);
          case CHAR, VARCHAR -> strings().map(StringData::fromString);
          case BINARY, VARBINARY -> Arbitraries.bytes().array(byte[].class).ofMaxSize(10);
          case TIME_WITHOUT_TIME_ZONE ->
              Arbitraries.integers().between(0, (int) MILLIS_PER_DAY - 1);
          case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              timestamps(LogicalTypeChecks.getPrecision(type));
          case ARRAY ->
              orNull(type.getChildren().get(0))
                  .list()
                  .ofMaxSize(4)
                  .map(elements -> new GenericArrayData(elements.toArray()));
          case MAP -> maps(type.getChildren().get(0), type.getChildren().get(1));
          case MULTISET -> maps(((MultisetType) type).getElementType(), new IntType(false));
          case ROW, STRUCTURED_TYPE -> rows(LogicalTypeChecks.getFieldTypes(type));
          case DISTINCT_TYPE -> nonNull(((DistinctType) type).getSourceType());
          default -> throw new AssertionError(type);
        };
    return values.map(Object.class::cast);
  }

  public static Arbitrary<Object> orNull(LogicalType type) {
    return type.isNullable() ? nonNull(type).injectNull(0.2) : nonNull(type);
  }

  public static Arbitrary<GenericRowData> rows(List<LogicalType> types) {
    return Combinators.combine(types.stream().map(ArbitraryValues::orNull).toList())
        .as(fields -> GenericRowData.of(fields.toArray()));
  }

  /** All of Unicode, and often what has a meaning in JSON, in keys and in patterns. */
  public static Arbitrary<String> strings() {
    Arbitrary<Integer> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    Arbitrary<Integer> special =
        Arbitraries.of("\"\\%:{}<>*?[]^-,/ 2F5a中：😀\n".codePoints().boxed().toList());
    return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(3, special))
        .list()
        .ofMaxSize(8)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  private static Arbitrary<DecimalData> decimals(DecimalType type) {
    BigInteger end = BigInteger.TEN.pow(type.getPrecision()).subtract(BigInteger.ONE);
    return Arbitraries.bigIntegers()
        .between(end.negate(), end)
        .map(
            unscaled ->
                DecimalData.fromBigDecimal(
                    new BigDecimal(unscaled, type.getScale()),
                    type.getPrecision(),
                    type.getScale()));
  }

  private static Arbitrary<TimestampData> timestamps(int precision) {
    Arbitrary<Long> milliseconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(Long.MIN_VALUE + 1000, Long.MAX_VALUE),
            Arbitraries.longs().between(-100_000 * MILLIS_PER_DAY, 100_000 * MILLIS_PER_DAY),
            // Around the years 0 and 10000, where the written form changes.
            Arbitraries.longs().between(-62_167_219_201_000L, -62_167_219_199_000L),
            Arbitraries.longs().between(253_402_300_799_000L, 253_402_300_801_000L));
    return Combinators.combine(milliseconds, Arbitraries.integers().between(0, 999_999))
        .as(
            (millisecond, nano) -> {
              long unit = (long) Math.pow(10, Math.max(0, 3 - precision));
              int nanoUnit = (int) Math.pow(10, Math.min(6, 9 - precision));
              return TimestampData.fromEpochMillis(
                  millisecond - Math.floorMod(millisecond, unit), nano - nano % nanoUnit);
            });
  }

  private static Arbitrary<GenericMapData> maps(LogicalType keyType, LogicalType valueType) {
    return Combinators.combine(nonNull(keyType), orNull(valueType))
        .as((key, value) -> new Object[] {key, value})
        .list()
        .ofMaxSize(3)
        .uniqueElements(entry -> external(keyType, entry[0]))
        .map(
            entries -> {
              Map<Object, Object> map = new LinkedHashMap<>();
              entries.forEach(entry -> map.put(entry[0], entry[1]));
              return new GenericMapData(map);
            });
  }

  /** The value as objects that can be compared, whichever data structure held it. */
  public static Object external(LogicalType type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case BINARY, VARBINARY -> ByteBuffer.wrap((byte[]) value);
      case ARRAY -> external(type.getChildren().get(0), (ArrayData) value);
      case MAP -> external((MapData) value, type.getChildren().get(0), type.getChildren().get(1));
      case MULTISET ->
          external((MapData) value, ((MultisetType) type).getElementType(), new IntType(false));
      case ROW, STRUCTURED_TYPE -> external(LogicalTypeChecks.getFieldTypes(type), (RowData) value);
      case DISTINCT_TYPE -> external(((DistinctType) type).getSourceType(), value);
      default -> value;
    };
  }

  public static List<Object> external(List<LogicalType> types, RowData row) {
    List<Object> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Object field = RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row);
      fields.add(external(types.get(i), field));
    }
    return fields;
  }

  private static List<Object> external(LogicalType elementType, ArrayData array) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(external(elementType, getter.getElementOrNull(array, i)));
    }
    return elements;
  }

  private static Map<Object, Object> external(
      MapData map, LogicalType keyType, LogicalType valueType) {
    List<Object> keys = external(keyType, map.keyArray());
    List<Object> values = external(valueType, map.valueArray());
    Map<Object, Object> entries = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.put(keys.get(i), values.get(i));
    }
    return entries;
  }
}
