package io.headrace.flink.redis.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

/** The text of each type, at its edges. */
class ValueFormatTest {

  private static String text(DataType type, Object value) {
    return new String(ValueFormat.of(type.getLogicalType()).bytes(value), StandardCharsets.UTF_8);
  }

  @Test
  void floatingPointIsTheShortestTextThatReadsBack() {
    assertThat(text(DataTypes.DOUBLE(), 0.1)).isEqualTo("0.1");
    assertThat(text(DataTypes.DOUBLE(), Double.NaN)).isEqualTo("NaN");
    assertThat(text(DataTypes.DOUBLE(), Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(text(DataTypes.FLOAT(), 0.1f)).isEqualTo("0.1");
  }

  @Test
  void decimalHasNoExponent() {
    DecimalData value = DecimalData.fromBigDecimal(new BigDecimal("0.0000000100"), 38, 10);
    assertThat(text(DataTypes.DECIMAL(38, 10), value)).isEqualTo("0.0000000100");
  }

  @Test
  void timestampsHaveAtLeastMilliseconds() {
    TimestampData whole = TimestampData.fromLocalDateTime(LocalDateTime.of(2026, 11, 21, 3, 22));
    assertThat(text(DataTypes.TIMESTAMP(9), whole)).isEqualTo("2026-11-21T03:22:00.000");
    TimestampData fine = TimestampData.fromInstant(Instant.parse("2026-11-21T03:22:08.123456789Z"));
    assertThat(text(DataTypes.TIMESTAMP_LTZ(9), fine)).isEqualTo("2026-11-21T03:22:08.123456789Z");
    TimestampData early = TimestampData.fromInstant(Instant.parse("1969-12-31T23:59:59.999Z"));
    assertThat(text(DataTypes.TIMESTAMP_LTZ(3), early)).isEqualTo("1969-12-31T23:59:59.999Z");
  }

  @Test
  void datesAndTimes() {
    int day = (int) LocalDate.of(1969, 7, 20).toEpochDay();
    assertThat(text(DataTypes.DATE(), day)).isEqualTo("1969-07-20");
    int time = (int) (LocalTime.of(3, 4, 5, 60_000_000).toNanoOfDay() / 1_000_000);
    assertThat(text(DataTypes.TIME(3), time)).isEqualTo("03:04:05.06");
  }

  @Test
  void bytesStayBytes() {
    byte[] value = {0, (byte) 0xff, ':'};
    assertThat(ValueFormat.of(DataTypes.BYTES().getLogicalType()).bytes(value)).isEqualTo(value);
  }

  @Test
  void nestedValuesAreJson() {
    DataType type =
        DataTypes.ROW(
            DataTypes.FIELD("名", DataTypes.STRING()),
            DataTypes.FIELD("ds", DataTypes.ARRAY(DataTypes.DECIMAL(4, 2))),
            DataTypes.FIELD("days", DataTypes.MAP(DataTypes.DATE(), DataTypes.BOOLEAN())),
            DataTypes.FIELD("raw", DataTypes.BYTES()),
            DataTypes.FIELD("nan", DataTypes.DOUBLE()),
            DataTypes.FIELD("none", DataTypes.INT()));
    Map<Object, Object> days = new LinkedHashMap<>();
    days.put(0, true);
    days.put(1, null);
    GenericRowData row =
        GenericRowData.of(
            StringData.fromString("a\"b"),
            new GenericArrayData(
                new Object[] {DecimalData.fromBigDecimal(new BigDecimal("1.50"), 4, 2), null}),
            new GenericMapData(days),
            new byte[] {1, 2, 3},
            Double.NaN,
            null);

    assertThat(text(type, row))
        .isEqualTo(
            "{\"名\":\"a\\\"b\",\"ds\":[1.50,null],\"days\":{\"1970-01-01\":true,"
                + "\"1970-01-02\":null},\"raw\":\"AQID\",\"nan\":\"NaN\",\"none\":null}");
  }

  @Test
  void multisetIsAnObjectOfCounts() {
    DataType type = DataTypes.MULTISET(DataTypes.STRING());
    assertThat(text(type, new GenericMapData(Map.of(StringData.fromString("a"), 2))))
        .isEqualTo("{\"a\":2}");
  }

  @Test
  void aMapWithANullKeyHasNoForm() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(null, 1);
    assertThatThrownBy(
            () -> text(DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()), new GenericMapData(map)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("MAP<STRING, INT> has a NULL key", "COALESCE");
  }

  @Test
  void yearsOfMoreThanFourDigitsHaveASign() {
    TimestampData far = TimestampData.fromLocalDateTime(LocalDateTime.of(12026, 1, 2, 3, 4));
    assertThat(text(DataTypes.TIMESTAMP_LTZ(3), far)).isEqualTo("+12026-01-02T03:04:00.000Z");
    TimestampData early = TimestampData.fromLocalDateTime(LocalDateTime.of(-1, 1, 2, 3, 4));
    assertThat(text(DataTypes.TIMESTAMP(3), early)).isEqualTo("-0001-01-02T03:04:00.000");
  }

  @Test
  void intervalsAreDurations() {
    DataType months = DataTypes.INTERVAL(DataTypes.YEAR(), DataTypes.MONTH());
    assertThat(text(months, 14)).isEqualTo("P1Y2M");
    assertThat(text(months, -14)).isEqualTo("P-1Y-2M");
    assertThat(text(months, 0)).isEqualTo("P0M");
    DataType seconds = DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3));
    assertThat(text(seconds, 90_061_500L)).isEqualTo("PT25H1M1.5S");
    assertThat(text(seconds, -500L)).isEqualTo("PT-0.5S");
  }

  @Test
  void otherTypesHaveNoForm() {
    DataType nested = DataTypes.ARRAY(DataTypes.VARIANT());
    assertThatThrownBy(() -> ValueFormat.of(nested.getLogicalType()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("CAST(… AS STRING)");
  }
}
