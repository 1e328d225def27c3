package io.headrace.flink.redis.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Keys as written, by example. */
class KeyTemplateTest {

  private static final List<String> NAMES = List.of("score", "shop", "item", "at", "raw", "tags");
  private static final List<LogicalType> TYPES =
      List.of(
          DataTypes.DOUBLE().getLogicalType(),
          DataTypes.STRING().notNull().getLogicalType(),
          DataTypes.BIGINT().notNull().getLogicalType(),
          DataTypes.TIMESTAMP_LTZ(3).getLogicalType(),
          DataTypes.BYTES().getLogicalType(),
          DataTypes.ARRAY(DataTypes.MAP(DataTypes.INT(), DataTypes.INT())).getLogicalType());

  private static KeyTemplate template(String template) {
    return KeyTemplate.parse(template, NAMES, TYPES);
  }

  private static GenericRowData row(String shop, Long item) {
    TimestampData at = TimestampData.fromEpochMillis(0);
    return GenericRowData.of(0.5, StringData.fromString(shop), item, at, null, null);
  }

  private static String key(KeyTemplate template, GenericRowData row) {
    return new String(template.encode(row), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void assertRefused(String template, String... parts) {
    assertThatThrownBy(() -> template(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Key template '" + template + "': ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void oneColumnStandsAsItIs() {
    assertThat(key(template("item:<shop>"), row("a:b%<店>", 1L))).isEqualTo("item:a:b%<店>");
    assertThat(key(template("<shop>"), row("", 1L))).isEmpty();
  }

  @Test
  void severalColumnsAreEncodedWhereAValueCouldEnd() {
    KeyTemplate template = template("{<shop>}：item|<item>:<at>|");
    assertThat(key(template, row("a:b%{}：|店", -7L)))
        .isEqualTo("{a%3Ab%25{%7D：%7C店}：item|-7:1970-01-01T00%3A00%3A00.000Z|");
    assertThat(key(template("<shop>：<item>"), row("a：b；", 1L))).isEqualTo("a%EF%BC%9Ab；：1");
    assertThat(template.columns()).containsExactly(1, 2, 3);
  }

  @Test
  void aLiteralMayBeginLikeAnEncodedCharacter() {
    KeyTemplate template = template("<shop>3A<item>");
    byte[] key = template.encode(row("3A3%", 3L));
    assertThat(text(key)).isEqualTo("%33A%33%253A%33");
    assertThat(template.decode(key)).containsExactly(StringData.fromString("3A3%"), 3L);
  }

  @Test
  void twoLessThanAreOne() {
    assertThat(key(template("a<<b><item>"), row("", 1L))).isEqualTo("a<b>1");
  }

  @Test
  void primaryKeyIsTheDefault() {
    KeyTemplate two = KeyTemplate.ofPrimaryKey("t<1", List.of("item", "shop"), NAMES, TYPES);
    assertThat(key(two, row("a:b%c", 5L))).isEqualTo("t<1:5:a%3Ab%25c");
    assertThat(two).hasToString("t<<1:<item>:<shop>");
    KeyTemplate one = KeyTemplate.ofPrimaryKey("t", List.of("shop"), NAMES, TYPES);
    assertThat(key(one, row("a:b%c", 5L))).isEqualTo("t:a:b%c");
  }

  @Test
  void keysOfOthersAreNotTakenApart() {
    KeyTemplate template = template("item:<shop>:<item>");
    assertThat(template.decode(bytes("item:a:1"))).containsExactly(StringData.fromString("a"), 1L);
    for (String foreign :
        List.of(
            "",
            "item:",
            "item:a",
            "item:a:",
            "item:a:b",
            "item:a:1:2",
            "item:a:01",
            "items:a:1",
            "item:a%3a:1",
            "item:a%:1",
            "item:a%zz:1",
            "item:%41:1",
            "item:a:%31",
            "item:a:1%")) {
      assertThat(template.decode(bytes(foreign))).as(foreign).isNull();
    }
    assertThat(template("a<shop>a").decode(bytes("a"))).isNull();
    assertThat(template("a<shop>a").decode(bytes("aa"))).containsExactly(StringData.fromString(""));
    assertThat(template("a<item>").decode(bytes("a+1"))).isNull();
  }

  @Test
  void nullInAKeyIsAnError() {
    assertThatThrownBy(() -> template("<shop>:<item>").encode(row("a", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'item' is NULL", "WHERE item IS NOT NULL");
    assertThatThrownBy(() -> template("<shop>").encodeValues(new Object[] {null}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'shop' is NULL");
  }

  @Test
  void patterns() {
    KeyTemplate template = template("i*[<shop>]?\\<item>");
    StringData shop = StringData.fromString("a*]");
    assertThat(text(template.scanPattern(new Object[] {null, null})))
        .isEqualTo("i\\*\\[*]\\?\\\\*");
    assertThat(text(template.scanPattern(new Object[] {shop, null})))
        .isEqualTo("i\\*\\[a\\*%5D]\\?\\\\*");
    assertThat(text(template.scanPrefixPattern(0, "b?]"))).isEqualTo("i\\*\\[b\\?%5D*]\\?\\\\*");
    assertThatThrownBy(() -> template.scanPrefixPattern(1, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'item' is no STRING");
  }

  @Test
  void mistakesAreNamed() {
    assertRefused("item:<idd>", "no column 'idd'", "score, shop, item");
    assertRefused("item:<item", "'<item' has no closing '>'", "'<<'");
    assertRefused("<shop><item>", "nothing separates <shop> from <item>");
    assertRefused("<shop>:<item>:<shop>", "'shop' is in it twice");
    assertRefused("<shop>%<item>", "begins with '%'", "such as ':'");
    assertRefused("<raw>", "'raw' cannot be in a key", "BYTES", "TO_BASE64");
    assertRefused("<tags>", "'tags' cannot be in a key", "MAP<INT, INT>", "STRING");
    DataType variant = DataTypes.VARIANT();
    assertThatThrownBy(
            () -> KeyTemplate.parse("<v>", List.of("v"), List.of(variant.getLogicalType())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'v' cannot be in a key");
  }

  @Test
  void aTemplateTravelsWithTheJob() throws Exception {
    KeyTemplate template = InstantiationUtil.clone(template("i:<shop>:<item>"));
    assertThat(key(template, row("a", 1L))).isEqualTo("i:a:1");
    assertThat(template).hasToString("i:<shop>:<item>");
  }
}
