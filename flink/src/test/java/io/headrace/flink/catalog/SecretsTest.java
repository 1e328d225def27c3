package io.headrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which options are taken for secrets. */
class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password | hunter2",
        "PASSWORD | hunter2",
        "password | $${redis.password}",
        "properties.ssl.key.password | hunter2",
        "properties.ssl.keystore.key | hunter2",
        "api-key | hunter2",
        "apikey | hunter2",
        "token | hunter2",
        "properties.sasl.oauthbearer.client.credentials.client.secret | hunter2",
        "fs.azure.account.key.mine.blob.core.windows.net | hunter2",
        "avro-confluent.basic-auth.user-info | u:hunter2",
        "http-headers | Authorization:Bearer hunter2",
        "url | redis://:hunter2@h:6379",
        "url | redis://u:hunter2@h:6379",
        "url | mongodb://u:hunter2@${mongo.hosts}/db",
        "url | jdbc:mysql://h/db?user=u&password=hunter2",
        "properties.sasl.jaas.config | a.PlainLoginModule required username=\"u\" password=\"hunter2\";",
        "properties.sasl.jaas.config | a.Login required username=\"${u}\" password='hunter2';",
      })
  void literalIsRefusedAndNotRepeated(String option, String value) {
    assertThatThrownBy(() -> Secrets.refuse("Table c.d.t", Map.of(option, value)))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("Table c.d.t, option '" + option + "': it holds a secret")
        .hasMessageContaining("'password-file'")
        .hasMessageContaining("environment variable HEADRACE_")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password-file | /run/secrets/redis",
        "ssl.password.file | /run/secrets/redis",
        "password | ${redis.password}",
        "api-key | ${openai.api-key}",
        "http-headers | Authorization:Bearer ${api.token}",
        "max-tokens | 100",
        "tokenizer | wordpiece",
        "primary.key.fields | id",
        "key.format | json",
        "properties.sasl.oauthbearer.token.endpoint.url | https://h/token",
        "avro-confluent.basic-auth.credentials-source | USER_INFO",
        "url | redis://h:6379/0",
        "url | rediss://user@h:6379",
        "url | redis://u:${redis.password}@h:6379",
        "url | jdbc:mysql://h/db?user=u&password=${mysql.password}",
        "properties.sasl.jaas.config | a.Login required username=\"u\" password=\"${kafka.password}\";",
        "properties.sasl.jaas.config | a.Krb5LoginModule required useKeyTab=true keyTab=\"/k\";",
      })
  void referenceIsNoSecret(String option, String value) {
    assertThatCode(() -> Secrets.refuse("Table c.d.t", Map.of(option, value)))
        .doesNotThrowAnyException();
  }

  @Test
  void errorNamesTheVariablesOfThisOption() {
    assertThatThrownBy(() -> Secrets.refuse("Model c.d.m", Map.of("api-key", "sk")))
        .hasMessageContaining("${api-key}")
        .hasMessageContaining("variable HEADRACE_API_KEY,")
        .hasMessageContaining("HEADRACE_API_KEY_FILE");
  }
}
