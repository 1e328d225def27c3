package io.headrace.flink.redis.value;

import static io.headrace.flink.redis.value.ArbitraryValues.external;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.util.InstantiationUtil;

/** Every type, with every value: what was written is read back. */
class RoundTripTest {

  record TypedValue(LogicalType type, Object value) {}

  record TypedRow(List<LogicalType> types, GenericRowData row) {

    List<String> names() {
      return IntStream.range(0, types.size()).mapToObj(i -> "column " + i).toList();
    }

    BinaryRowData binary() {
      return new RowDataSerializer(types.toArray(new LogicalType[0])).toBinaryRow(row);
    }
  }

  @Provide
  Arbitrary<TypedValue> typedValues() {
    return ArbitraryTypes.types(3).flatMap(RoundTripTest::typedValue);
  }

  @Provide
  Arbitrary<TypedValue> vectors() {
    return Arbitraries.<LogicalType>of(new FloatType(false), new DoubleType(false))
        .flatMap(element -> typedValue(new ArrayType(element)));
  }

  private static Arbitrary<TypedValue> typedValue(LogicalType type) {
    return ArbitraryValues.nonNull(type).map(value -> new TypedValue(type, value));
  }

  @Provide
  Arbitrary<TypedRow> typedRows() {
    return ArbitraryTypes.types(2)
        .filter(RoundTripTest::hasBinaryForm)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .flatMap(types -> ArbitraryValues.rows(types).map(row -> new TypedRow(types, row)));
  }

  @Property
  void bytes(@ForAll("typedValues") TypedValue typed) throws Exception {
    ValueFormat format = InstantiationUtil.clone(ValueFormat.of(typed.type()));
    Object read = format.fromBytes(format.bytes(typed.value()));
    assertThat(external(typed.type(), read)).isEqualTo(external(typed.type(), typed.value()));
  }

  @Property
  void text(@ForAll("typedValues") TypedValue typed) {
    ValueFormat format = ValueFormat.of(typed.type());
    Object read = format.fromText(format.text(typed.value()));
    assertThat(external(typed.type(), read)).isEqualTo(external(typed.type(), typed.value()));
  }

  /** Flink's own serializer knows no distinct types. */
  private static boolean hasBinaryForm(LogicalType type) {
    return !type.is(LogicalTypeRoot.DISTINCT_TYPE)
        && type.getChildren().stream().allMatch(RoundTripTest::hasBinaryForm);
  }

  /** Bytes are made by another algorithm than text. */
  @Property
  void bytesAreTheText(@ForAll int thousandths, @ForAll long number) {
    assertBytesAreText(new DoubleType(), thousandths / 1000.0);
    assertBytesAreText(new DoubleType(), Math.nextUp(thousandths / 100.0));
    assertBytesAreText(new BigIntType(), number);
  }

  private static void assertBytesAreText(LogicalType type, Object value) {
    ValueFormat format = ValueFormat.of(type);
    String text = new String(format.bytes(value), StandardCharsets.UTF_8);
    assertThat(text).isEqualTo(format.text(value));
  }

  /** Flink's own operators hand over binary rows. */
  @Property
  void binaryRowAsJson(@ForAll("typedRows") TypedRow typed) throws Exception {
    int[] columns = IntStream.range(0, typed.types().size()).toArray();
    RowJson format = InstantiationUtil.clone(RowJson.of(typed.names(), typed.types(), columns));
    RowData read = format.fromBytes(format.bytes(typed.binary()));
    assertThat(external(typed.types(), read)).isEqualTo(external(typed.types(), typed.row()));
  }

  @Property
  void columnsOfBinaryRow(@ForAll("typedRows") TypedRow typed) {
    BinaryRowData row = typed.binary();
    for (int i = 0; i < typed.types().size(); i++) {
      LogicalType type = typed.types().get(i);
      Object value = RowData.createFieldGetter(type, i).getFieldOrNull(row);
      if (value != null) {
        ValueFormat format = ValueFormat.of(type);
        assertThat(external(type, format.fromBytes(format.bytes(value))))
            .isEqualTo(external(type, typed.row().getField(i)));
      }
    }
  }

  @Property
  void vector(@ForAll("vectors") TypedValue typed) throws Exception {
    VectorFormat format = InstantiationUtil.clone(VectorFormat.of(typed.type()));
    Object value = external(typed.type(), typed.value());
    Object fromBytes = format.fromBytes(format.bytes(typed.value()));
    assertThat(external(typed.type(), fromBytes)).isEqualTo(value);
    Object fromText = format.fromText(format.text(typed.value()));
    assertThat(external(typed.type(), fromText)).isEqualTo(value);
  }
}
