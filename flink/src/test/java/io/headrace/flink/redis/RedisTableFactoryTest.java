package io.headrace.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.RedisAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong option is found at planning, and the message says where, what, and what to do. */
class RedisTableFactoryTest {

  private static final ObjectIdentifier ITEM = ObjectIdentifier.of("c", "d", "item");

  private static DynamicTableSink sink(Map<String, String> more) {
    return sink(DataTypes.STRING(), UniqueConstraint.primaryKey("pk", List.of("id")), more);
  }

  private static DynamicTableSink sink(
      DataType idType, UniqueConstraint primaryKey, Map<String, String> more) {
    ResolvedSchema schema =
        new ResolvedSchema(
            List.of(Column.physical("id", idType.notNull())), List.of(), primaryKey, List.of());
    Map<String, String> options = new HashMap<>();
    options.put("connector", "redis");
    options.put("url", "redis://127.0.0.1:6379/0");
    options.putAll(more);
    CatalogTable table =
        CatalogTable.newBuilder()
            .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
            .options(options)
            .build();
    return FactoryUtil.createDynamicTableSink(
        null,
        ITEM,
        new ResolvedCatalogTable(table, schema),
        Map.of(),
        new Configuration(),
        RedisTableFactoryTest.class.getClassLoader(),
        false);
  }

  private static String message(Map<String, String> options) {
    try {
      sink(options);
    } catch (ValidationException e) {
      return ExceptionUtils.stringifyException(e);
    }
    throw new AssertionError("the options were accepted: " + options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url                       | http://h:6379/0        | it is not a Redis URL. Write 'redis://host:6379/0'
          url                       | redis://h:6379/zero    | it is not a Redis URL
          url                       | redis://h:6379?a=b     | it is not a Redis URL
          url                       | redis://h h            | it is not a Redis URL
          url                       | redis://h:99999        | the port 99999 is not between 1 and 65535
          url                       | redis://:pa55@h:6379/0 | it holds credentials
          username                  | ann                    | a user needs a password. Name the file that holds it in 'password-file'
          password                  | pa55                   | Put the password in a file on the TaskManagers and name it in 'password-file'
          ttl                       | 0 s                    | it is 0 ms, which is not above zero. Write a duration such as
          sink.buffer-flush.max-rows| 0                      | it is 0. Write a number of 1 or more
          sink.buffer-flush.interval| 0 ms                   | it is 0 ms, which is not above zero
          sink.buffer-flush.max-bytes| 0                      | it is 0 bytes. Write a size such as
          sink.max-in-flight        | -1                     | it is -1. Write a number of 1 or more
          command.timeout           | 0 s                    | it is 0 ms
          connect.timeout           | 0 s                    | it is 0 ms
          """)
  void wrongOption(String option, String value, String fact) {
    assertThat(message(Map.of(option, value)))
        .contains("Table c.d.item, option '" + option + "': ", fact)
        .doesNotContain("'password'='pa55'");
  }

  @Test
  void credentialsInTheUrlAreNotRepeatedByOurMessage() {
    assertThatThrownBy(() -> RedisAddress.parse("redis://ann:pa55@h:6379/0"))
        .hasMessageContaining("'username' and 'password-file'")
        .hasMessageNotContaining("pa55");
  }

  @Test
  void unknownOption() {
    assertThat(message(Map.of("hosts", "h"))).contains("Unsupported options", "hosts", "c.d.item");
  }

  @Test
  void missingPrimaryKey() {
    assertThatThrownBy(() -> sink(DataTypes.STRING(), null, Map.of()))
        .rootCause()
        .hasMessageStartingWith("Table c.d.item: it has no primary key")
        .hasMessageContaining("PRIMARY KEY (<column>, …) NOT ENFORCED");
  }

  @Test
  void binaryPrimaryKey() {
    UniqueConstraint key = UniqueConstraint.primaryKey("pk", List.of("id"));
    assertThatThrownBy(() -> sink(DataTypes.BYTES(), key, Map.of()))
        .rootCause()
        .hasMessageStartingWith("Table c.d.item, option 'key': Key template 'item:<id>'")
        .hasMessageContaining("TO_BASE64");
  }

  @Test
  void typeWithoutAForm() {
    UniqueConstraint key = UniqueConstraint.primaryKey("pk", List.of("id"));
    assertThatThrownBy(() -> sink(DataTypes.VARIANT(), key, Map.of()))
        .rootCause()
        .hasMessageStartingWith("Table c.d.item, column 'id': a VARIANT cannot be stored")
        .hasMessageContaining("CAST(… AS STRING)");
  }

  @Test
  void sinkTakesUpsertsAndItsParallelismAndTravels() throws Exception {
    DynamicTableSink sink = sink(Map.of("sink.parallelism", "3")).copy();
    assertThat(sink.getChangelogMode(ChangelogMode.all())).isEqualTo(ChangelogMode.upsert());
    SinkV2Provider provider = (SinkV2Provider) sink.getSinkRuntimeProvider(null);
    assertThat(provider.getParallelism()).hasValue(3);
    assertThat(InstantiationUtil.clone(provider.createSink())).isNotNull();
  }

  @Test
  void everyOptionIsDescribed() {
    RedisTableFactory factory = new RedisTableFactory();
    assertThat(factory.requiredOptions()).allSatisfy(o -> assertThat(o.description()).isNotNull());
    assertThat(factory.optionalOptions())
        .allSatisfy(o -> assertThat(o.description().toString()).isNotEmpty());
  }
}
