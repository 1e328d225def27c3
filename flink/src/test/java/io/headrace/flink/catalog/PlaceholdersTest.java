package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and what is said when there is none. */
class PlaceholdersTest {

  private final Configuration configuration = new Configuration();
  private final Map<String, String> environment = new HashMap<>();
  private final Placeholders placeholders = new Placeholders(environment::get);

  private String resolve(String value) {
    return placeholders.resolve("Table c.d.t", Map.of("url", value), configuration).get("url");
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
    assertThat(Placeholders.isIn("$${host}")).isFalse();
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

  @Test
  void secretComesFromTheEnvironmentAndNotFromTheConfiguration() {
    configuration.setString("headrace.openai.api-key", "shown by SET");
    assertThatThrownBy(() -> resolve("${openai.api-key}"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith(
            "Table c.d.t, option 'url': the secret ${openai.api-key} has no value.")
        .hasMessageContaining("HEADRACE_OPENAI_API_KEY_FILE")
        .hasMessageContaining("'headrace.openai.api-key-file'")
        .hasMessageNotContaining("shown by SET");

    environment.put("HEADRACE_OPENAI_API_KEY", "sk-1");
    assertThat(resolve("Bearer ${openai.api-key}")).isEqualTo("Bearer sk-1");
  }

  @Test
  void secretComesFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "sk-2\n");
    environment.put("HEADRACE_OPENAI_API_KEY_FILE", file.toString());
    assertThat(resolve("${openai.api-key}")).isEqualTo("sk-2");

    configuration.setString("headrace.openai.api-key-file", folder.resolve("gone").toString());
    assertThatThrownBy(() -> resolve("${openai.api-key}"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith(
            "Table c.d.t, option 'url': the secret ${openai.api-key} cannot be read from the file")
        .hasMessageContaining("gone (NoSuchFileException)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis.password-file", "ssl.password.file"})
  void nameOfASecretsFileIsNoSecret(String name) {
    configuration.setString("headrace." + name, "/run/secrets/redis");
    assertThat(resolve("${" + name + "}")).isEqualTo("/run/secrets/redis");
  }
}
