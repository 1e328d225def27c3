package io.headrace.flink.redis.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.value.ArbitraryTypes;
import io.headrace.flink.redis.value.ArbitraryValues;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.VarCharType;

/** Whatever the template, the types and the values: one row, one key, and back. */
class KeyTemplatePropertyTest {

  private static final RedisServer SERVER = new RedisServer();
  private static RedisClient client;
  private static StatefulRedisConnection<byte[], byte[]> connection;

  @BeforeContainer
  static void start() throws IOException {
    SERVER.beforeAll(null);
    client = RedisClient.create(SERVER.url());
    connection = client.connect(ByteArrayCodec.INSTANCE);
  }

  @AfterContainer
  static void stop() throws IOException {
    client.shutdown();
    SERVER.afterAll(null);
  }

  /** A template over all columns of a table, with two rows of it. */
  record Case(String text, List<LogicalType> types, GenericRowData first, GenericRowData second) {

    KeyTemplate template() {
      List<String> names = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).toList();
      return KeyTemplate.parse(text, names, types);
    }

    Object[] values(GenericRowData row) {
      return IntStream.of(template().columns()).mapToObj(row::getField).toArray();
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.integers().between(1, 4).flatMap(KeyTemplatePropertyTest::cases);
  }

  private static Arbitrary<Case> cases(int columns) {
    Arbitrary<List<Integer>> orders =
        Arbitraries.shuffle(IntStream.range(0, columns).boxed().toList());
    Arbitrary<List<String>> literals = ArbitraryValues.strings().list().ofSize(columns + 1);
    Arbitrary<String> templates =
        Combinators.combine(orders, literals).as(KeyTemplatePropertyTest::template);
    Arbitrary<List<LogicalType>> types = keyTypes().list().ofSize(columns);
    return Combinators.combine(templates, types)
        .flatAs(
            (template, columnTypes) -> {
              Arbitrary<GenericRowData> rows = ArbitraryValues.rows(columnTypes);
              return Combinators.combine(rows, rows)
                  .as((first, second) -> new Case(template, columnTypes, first, second));
            });
  }

  /** Strings most of all: they have the characters that mean something. */
  private static Arbitrary<LogicalType> keyTypes() {
    Arbitrary<LogicalType> strings =
        ArbitraryTypes.texts().filter(type -> type.is(LogicalTypeFamily.CHARACTER_STRING));
    return Arbitraries.oneOf(strings, ArbitraryTypes.texts()).map(type -> type.copy(false));
  }

  private static String template(List<Integer> order, List<String> literals) {
    StringBuilder template = new StringBuilder();
    for (int i = 0; i < literals.size(); i++) {
      String literal = literals.get(i).replace("<", "<<");
      // What may not stand after a column: nothing at all, or a percent sign.
      boolean isBetween = i > 0 && i < order.size();
      boolean isRefused = isBetween && literal.isEmpty() || i > 0 && literal.startsWith("%");
      template.append(isRefused ? "|" + literal : literal);
      if (i < order.size()) {
        template.append("<c").append(order.get(i)).append('>');
      }
    }
    return template.toString();
  }

  @Property
  void aKeyIsTakenApartIntoItsValues(@ForAll("cases") Case given) {
    KeyTemplate template = given.template();
    byte[] key = template.encode(given.first());
    assertThat(template.decode(key)).isEqualTo(given.values(given.first()));
    assertThat(template.encodeValues(given.values(given.first()))).isEqualTo(key);
    RowDataSerializer binary = new RowDataSerializer(given.types().toArray(new LogicalType[0]));
    assertThat(template.encode(binary.toBinaryRow(given.first()))).isEqualTo(key);
  }

  @Property
  void twoRowsHaveTwoKeys(@ForAll("cases") Case given) {
    KeyTemplate template = given.template();
    boolean sameKey =
        Arrays.equals(template.encode(given.first()), template.encode(given.second()));
    assertThat(sameKey)
        .isEqualTo(Arrays.equals(given.values(given.first()), given.values(given.second())));
  }

  /** One text, cut at two places: the likeliest rows to share a key. */
  @Property
  void aRowCutElsewhereHasAnotherKey(
      @ForAll("texts") String between,
      @ForAll("texts") String one,
      @ForAll("texts") String two,
      @ForAll("texts") String three) {
    String text = template(List.of(0, 1), List.of("", between, ""));
    List<LogicalType> types = List.of(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE);
    KeyTemplate template = KeyTemplate.parse(text, List.of("c0", "c1"), types);
    String literal = text.substring("<c0>".length(), text.length() - "<c1>".length());
    String separator = literal.replace("<<", "<");
    GenericRowData first = pair(one, two + separator + three);
    GenericRowData second = pair(one + separator + two, three);
    assertThat(template.encode(first)).isNotEqualTo(template.encode(second));
  }

  private static GenericRowData pair(String first, String second) {
    return GenericRowData.of(StringData.fromString(first), StringData.fromString(second));
  }

  /** Whatever key is read as values is the key of just these. */
  @Property
  void aForeignKeyIsNotMistaken(
      @ForAll("cases") Case given, @ForAll("texts") String inserted, @ForAll int position) {
    KeyTemplate template = given.template();
    String key = new String(template.encode(given.first()), StandardCharsets.UTF_8);
    int middle = Math.floorMod(position, key.length() + 1);
    byte[] foreign =
        (key.substring(0, middle) + inserted + key.substring(middle))
            .getBytes(StandardCharsets.UTF_8);
    Object[] values = template.decode(foreign);
    if (values != null) {
      assertThat(template.encodeValues(values)).isEqualTo(foreign);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return ArbitraryValues.strings();
  }

  @Property(tries = 300)
  void redisFindsTheKeyByPattern(@ForAll("cases") Case given, @ForAll int known) {
    KeyTemplate template = given.template();
    byte[] key = template.encode(given.first());
    byte[] other = template.encode(given.second());
    RedisCommands<byte[], byte[]> redis = connection.sync();
    redis.flushall();
    redis.set(key, key);
    redis.set(other, other);

    Object[] values = given.values(given.first());
    assertThat(redis.keys(template.scanPattern(values))).containsExactly(key);
    for (int i = 0; i < values.length; i++) {
      if ((known >> i & 1) == 0) {
        values[i] = null;
      }
    }
    assertThat(redis.keys(template.scanPattern(values))).contains(key);
    assertThat(redis.keys(template.scanPattern(new Object[values.length]))).contains(key, other);
  }

  @Property(tries = 300)
  void redisFindsTheKeyByPrefix(@ForAll("cases") Case given, @ForAll int length) {
    KeyTemplate template = given.template();
    byte[] key = template.encode(given.first());
    RedisCommands<byte[], byte[]> redis = connection.sync();
    redis.flushall();
    redis.set(key, key);

    Object[] values = given.values(given.first());
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof StringData value) {
        String text = value.toString();
        int points = Math.floorMod(length, text.codePointCount(0, text.length()) + 1);
        String prefix = text.substring(0, text.offsetByCodePoints(0, points));
        assertThat(redis.keys(template.scanPrefixPattern(i, prefix))).containsExactly(key);
      }
    }
  }
}
