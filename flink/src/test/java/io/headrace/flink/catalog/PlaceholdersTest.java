package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, what is refused, and what an ALTER keeps. */
class PlaceholdersTest {

  private final Configuration configuration = new Configuration();
  private final Map<String, String> environment = new HashMap<>();
  private final Placeholders placeholders = Placeholders.of(configuration, environment::get);

  private String resolve(String value) {
    return placeholders.resolve("Table c.d.t", Map.of("url", value)).get("url");
  }

  @Test
  void configurationComesBeforeEnvironment() {
    environment.put("HEADRACE_KAFKA_BOOTSTRAP_SERVERS", "env:9092");
    assertThat(resolve("${kafka.bootstrap.servers}")).isEqualTo("env:9092");

    configuration.setString("headrace.kafka.bootstrap.servers", "session:9092");
    assertThat(resolve("${kafka.bootstrap.servers}")).isEqualTo("session:9092");
  }

  @Test
  void dashesAndDotsAreUnderscoresInTheEnvironment() {
    environment.put("HEADRACE_REDIS_READ_URL", "redis://h");
    assertThat(resolve("${redis.read-url}")).isEqualTo("redis://h");
  }

  @Test
  void partOfAValueAndSeveral() {
    environment.put("HEADRACE_HOST", "h$1\\");
    environment.put("HEADRACE_PORT", "1");
    assertThat(resolve("redis://${host}:${port}/0")).isEqualTo("redis://h$1\\:1/0");
  }

  @Test
  void doubledDollarIsLiteral() {
    assertThat(resolve("$${host} $x {y}")).isEqualTo("${host} $x {y}");
  }

  @Test
  void missingValueNamesBothPlacesWhereItCanBeSet() {
    assertThatThrownBy(() -> resolve("${kafka.bootstrap.servers}"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith(
            "Table c.d.t, option 'url': the placeholder ${kafka.bootstrap.servers} has no value.")
        .hasMessageContaining("SET 'headrace.kafka.bootstrap.servers'")
        .hasMessageContaining("HEADRACE_KAFKA_BOOTSTRAP_SERVERS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis.password", "API-TOKEN", "client.secret"})
  void secretsAreRefusedAtCreationAndAtReading(String name) {
    Map<String, String> options = Map.of("properties.x", "a ${" + name + "}");
    assertThatThrownBy(() -> placeholders.refuseSecrets("Table c.d.t", options))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("Table c.d.t, option 'properties.x': the placeholder ${" + name)
        .hasMessageContaining("'password-file'");
    assertThatThrownBy(() -> placeholders.resolve("Table c.d.t", options))
        .hasMessageContaining("looks like a secret");
  }

  @Test
  void nameOfASecretsFileIsNoSecret() {
    environment.put("HEADRACE_REDIS_PASSWORD_FILE", "/run/secrets/redis");
    for (String option : new String[] {"password-file", "ssl.password.file"}) {
      Map<String, String> options = Map.of(option, "${redis.password-file}");
      placeholders.refuseSecrets("Table c.d.t", options);
      assertThat(placeholders.resolve("Table c.d.t", options))
          .containsEntry(option, "/run/secrets/redis");
    }
  }

  @Test
  void escapedSecretIsText() {
    placeholders.refuseSecrets("Table c.d.t", Map.of("a", "$${password}"));
    assertThat(resolve("$${password}")).isEqualTo("${password}");
  }

  @Test
  void alterKeepsTheTextOfOptionsThatDidNotChange() {
    environment.put("HEADRACE_URL", "redis://h");
    Map<String, String> stored =
        Map.of("url", "${url}", "other", "${url}/1", "literal", "$${x}", "dropped", "${url}");
    Map<String, String> altered =
        Map.of("url", "redis://h", "other", "redis://new", "literal", "${x}", "ttl", "1 d");

    assertThat(placeholders.keep("Table c.d.t", stored, altered))
        .containsOnly(
            entry("url", "${url}"),
            entry("other", "redis://new"),
            entry("literal", "$${x}"),
            entry("ttl", "1 d"));
  }
}
