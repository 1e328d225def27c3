package io.headrace.flink.redis.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other clients may have written: read if it is plainly meant, refused if not. */
class ReadingTest {

  private static final DataType DAY_TO_SECOND =
      DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3));
  private static final DataType YEAR_TO_MONTH =
      DataTypes.INTERVAL(DataTypes.YEAR(), DataTypes.MONTH());

  private static Object read(DataType type, String text) {
    return ValueFormat.of(type.getLogicalType()).fromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Read as the first text, written as the second. */
  private static void assertRead(DataType type, String text, String written) {
    ValueFormat format = ValueFormat.of(type.getLogicalType());
    Object fromBytes = format.fromBytes(text.getBytes(StandardCharsets.UTF_8));
    assertThat(format.text(fromBytes)).isEqualTo(written);
    assertThat(format.text(format.fromText(text))).isEqualTo(written);
  }

  private static void assertRefused(DataType type, String expected, String... texts) {
    for (String text : texts) {
      assertThatThrownBy(() -> read(type, text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("'" + text + "' is not a value of ")
          .hasMessageContaining(expected);
    }
  }

  @Test
  void booleans() {
    assertRead(DataTypes.BOOLEAN(), "true", "true");
    assertRefused(DataTypes.BOOLEAN(), "true or false", "1", "0", "TRUE", " true", "");
  }

  @Test
  void wholeNumbers() {
    assertRead(DataTypes.TINYINT(), "-128", "-128");
    assertRead(DataTypes.BIGINT(), "-9223372036854775808", "-9223372036854775808");
    assertRead(DataTypes.INT(), "007", "7");
    assertRefused(DataTypes.TINYINT(), "from -128 to 127", "300", "128", "-129", "1.0");
    assertRefused(DataTypes.SMALLINT(), "from -32768 to 32767", "32768", "-32769");
    assertRefused(DataTypes.INT(), "digits only", "2147483648", "1e3", "+1", "１２", "-", "");
    assertRefused(
        DataTypes.BIGINT(), "9223372036854775807", "1e3", " 1", "1 ", "99999999999999999999");
  }

  @Test
  void floatingPoint() {
    assertRead(DataTypes.DOUBLE(), "1e3", "1000.0");
    assertRead(DataTypes.DOUBLE(), "-0", "-0.0");
    assertRead(DataTypes.DOUBLE(), "inf", "Infinity");
    assertRead(DataTypes.DOUBLE(), "-inf", "-Infinity");
    assertRead(DataTypes.FLOAT(), "nan", "NaN");
    assertRead(DataTypes.FLOAT(), "0.1", "0.1");
    String[] wrong = {" 1", "1 ", "1d", "1f", "0x1p3", "", "+1", "١", "1e", "-", "1.2.3", "1e400"};
    assertRefused(DataTypes.DOUBLE(), "such as 0.5", wrong);
    assertRefused(DataTypes.FLOAT(), "such as 0.5", "3.5e38", "-1e39");
  }

  @Test
  void decimals() {
    DataType type = DataTypes.DECIMAL(4, 2);
    assertThat(read(type, "1.5")).isEqualTo(DecimalData.fromUnscaledLong(150, 4, 2));
    assertRead(type, "-99.990", "-99.99");
    assertRead(type, "1e1", "10.00");
    assertRead(type, "0e-999999999", "0.00");
    String[] wrong = {"100", "1.505", "", " 1", "+1", "1e2147483647", "1e-999999999", "NaN", "１"};
    assertRefused(type, "at most 2 digits before the point and 2 after it", wrong);
    assertRead(DataTypes.DECIMAL(38, 38), "0.1", "0.1" + "0".repeat(37));
  }

  @Test
  void timestamps() {
    DataType type = DataTypes.TIMESTAMP(3);
    assertRead(type, "2026-11-21T03:22:08", "2026-11-21T03:22:08.000");
    assertRead(type, "2026-11-21 03:22:08.5", "2026-11-21T03:22:08.500");
    assertRead(type, "2026-11-21 03:22", "2026-11-21T03:22:00.000");
    assertRead(type, "2026-11-21T03:22:08.123999", "2026-11-21T03:22:08.123");
    assertRead(type, "+12026-11-21T03:22:08", "+12026-11-21T03:22:08.000");
    assertRefused(
        type,
        "a time without an offset",
        "2026-11-21T03:22:08Z",
        "2026-02-30T00:00:00",
        "2026-11-21T24:00:00",
        "2026-11-21T03:22:08.",
        "2026-11-21T03:22.5",
        "2026-11-21T03:22:08.1234567890",
        "2026-11-21",
        "2026-1-21T03:22:08",
        " 2026-11-21T03:22:08",
        "+999999999-01-01T00:00:00",
        "1790000000000",
        "");
  }

  @Test
  void timestampsWithOffset() {
    DataType type = DataTypes.TIMESTAMP_LTZ(3);
    String written = "2026-11-21T03:22:08.000Z";
    assertRead(type, "2026-11-21T03:22:08Z", written);
    assertRead(type, "2026-11-21T11:22:08+08:00", written);
    assertRead(type, "2026-11-21 11:22:08.000999+0800", written);
    assertRead(type, "2026-11-20T22:22:08-05", written);
    assertRead(type, "1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z");
    assertRefused(
        type,
        "a time with its offset",
        "2026-11-21T03:22:08",
        "2026-11-21T03:22:08z",
        "2026-11-21T03:22:08+19:00",
        "2026-11-21T03:22:08ZZ",
        "2026-11-21T03:22:08+08Z",
        "2026-11-21T03:22:08+08:00:",
        "2026-11-21T03:22:08 +08:00",
        "2026-13-21T03:22:08Z",
        "2026-11-2AT03:22:08Z",
        "");
  }

  @Test
  void finerFractionsAreCutOffBeforeTheEpochToo() {
    Object value = read(DataTypes.TIMESTAMP(5), "1969-12-31T23:59:59.123456789");
    assertThat(value).isEqualTo(TimestampData.fromEpochMillis(-877, 450_000));
  }

  @Test
  void datesTimesAndIntervals() {
    assertRefused(DataTypes.DATE(), "such as 2026-11-21", "2026-02-30", "20261121", "x", "");
    assertRefused(DataTypes.DATE(), "such as 2026-11-21", "+999999999-01-01");
    assertRead(DataTypes.TIME(3), "03:04", "03:04:00");
    assertRead(DataTypes.TIME(3), "03:04:05.123456", "03:04:05.123");
    assertRefused(DataTypes.TIME(3), "such as 03:04:05.678", "24:00:00", "3:04:05", "");
    assertRead(YEAR_TO_MONTH, "-P1Y2M", "P-1Y-2M");
    assertRefused(YEAR_TO_MONTH, "such as P1Y2M", "P1D", "P9999999999M", "14", "P999999999Y");
    assertRead(DAY_TO_SECOND, "P1DT1M", "PT24H1M");
    assertRefused(DAY_TO_SECOND, "such as P1DT2H", "P1M", "1000", "PT9223372036854775807S");
  }

  @Test
  void stringsAreTakenAsTheyAre() {
    byte[] broken = {'a', (byte) 0xff};
    ValueFormat format = ValueFormat.of(DataTypes.STRING().getLogicalType());
    assertThat(format.bytes(format.fromBytes(broken))).isEqualTo(broken);
  }

  @Test
  void halfASurrogatePairIsAQuestionMark() {
    StringData half = StringData.fromString("a\ud83d");
    DataType row = DataTypes.ROW(DataTypes.FIELD("f", DataTypes.STRING()));
    assertThat(ValueFormat.of(row.getLogicalType()).text(GenericRowData.of(half)))
        .isEqualTo("{\"f\":\"a?\"}");
  }

  @Test
  void errorsShowTheBeginningOfLongTexts() {
    assertThatThrownBy(() -> read(DataTypes.INT(), "x".repeat(1000)))
        .hasMessageStartingWith("'" + "x".repeat(60) + "…' is not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,300]                       | /n/1: '300' is not a value of TINYINT",
        "[1,2.0]                       | /n/1: '2.0' is not a value of TINYINT",
        "[true]                        | /n/0: 'true' is not a value of TINYINT: expected a JSON number",
        "[{}]                          | /n/0: '{' is not a value of TINYINT",
        "{}                            | /n: '{' is not a value of ARRAY<TINYINT>: expected a JSON array",
        "1                             | /n: '1' is not a value of ARRAY<TINYINT>",
        "null                          | /n: null is not a value of ARRAY<TINYINT> NOT NULL",
        "[1] , \"s\": 1                | /s: '1' is not a value of STRING: expected a JSON string",
        "[1] , \"m\": {\"x\": 1}       | /m/x: 'x' is not a value of DATE",
        "[1] , \"b\": 1                | /b: '1' is not a value of BOOLEAN: expected a JSON true or false",
        "[1                            | is not JSON, at byte ",
        "[1] } {                       | there is more after the end",
        "[1] } x                       | is not JSON, at byte ",
      })
  void jsonErrorsNameTheirPlace(String n, String message) {
    DataType type =
        DataTypes.ROW(
            DataTypes.FIELD("n", DataTypes.ARRAY(DataTypes.TINYINT()).notNull()),
            DataTypes.FIELD("s", DataTypes.STRING()),
            DataTypes.FIELD("b", DataTypes.BOOLEAN()),
            DataTypes.FIELD("m", DataTypes.MAP(DataTypes.DATE(), DataTypes.INT())));
    assertThatThrownBy(() -> read(type, "{\"n\":" + n + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void jsonNumbersMayBeStrings() {
    DataType type = DataTypes.ARRAY(DataTypes.BIGINT());
    assertRead(type, "[ \"9007199254740993\" , 1 ]", "[9007199254740993,1]");
    assertRead(DataTypes.ARRAY(DataTypes.DECIMAL(4, 2)), "[\"1.5\",1e1]", "[1.50,10.00]");
    assertRefusedElement(DataTypes.BIGINT(), "[\" 1\"]");
  }

  private static void assertRefusedElement(DataType element, String json) {
    assertThatThrownBy(() -> read(DataTypes.ARRAY(element), json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("/0: ");
  }

  @Test
  void aRowAsJsonMayHaveMoreAndLessFields() {
    RowJson format =
        RowJson.of(
            List.of("id", "score", "at"),
            List.of(
                DataTypes.INT().notNull().getLogicalType(),
                DataTypes.DOUBLE().getLogicalType(),
                DataTypes.STRING().notNull().getLogicalType()),
            2,
            1);
    GenericRowData table = GenericRowData.of(1, null, StringData.fromString("x"));
    assertThat(new String(format.bytes(table), StandardCharsets.UTF_8))
        .isEqualTo("{\"at\":\"x\",\"score\":null}");
    byte[] other = "{\"new\":{\"at\":[1]},\"at\":\"y\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(format.fromBytes(other))
        .isEqualTo(GenericRowData.of(StringData.fromString("y"), null));
    assertThatThrownBy(() -> format.fromBytes("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'at' (STRING NOT NULL) is missing");
    for (String wrong : List.of("", " ", "null", "[]", "1", "\"x\"")) {
      assertThatThrownBy(() -> format.fromBytes(wrong.getBytes(StandardCharsets.UTF_8)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
