package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.server.RedisCluster;
import io.headrace.flink.redis.server.RedisSentinel;
import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.server.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TLS servers are spoken to if they prove who they are, and told who is speaking if they ask. */
@Timeout(60)
class TlsTest {

  private static final TestCertificates CERTIFICATES = TestCertificates.make();

  @RegisterExtension
  static final RedisServer REDIS = RedisServer.builder().tls(CERTIFICATES).build();

  @RegisterExtension
  static final RedisServer MUTUAL = RedisServer.builder().mutualTls(CERTIFICATES).build();

  @RegisterExtension
  static final RedisServer ELSEWHERE =
      RedisServer.builder().tls(CERTIFICATES, CERTIFICATES.elsewhere()).build();

  @RegisterExtension static final RedisServer PLAIN = new RedisServer();

  @RegisterExtension
  static final RedisSentinel SENTINEL = RedisSentinel.builder().tls(CERTIFICATES).build();

  @RegisterExtension
  static final RedisCluster CLUSTER = RedisCluster.builder().tls(CERTIFICATES).build();

  private static final Tls TRUSTING = new Tls(CERTIFICATES.ca().toString(), null, null, true);
  private static final Tls ANY_HOST = new Tls(CERTIFICATES.ca().toString(), null, null, false);
  private static final Tls MUTUALLY =
      new Tls(
          CERTIFICATES.ca().toString(),
          CERTIFICATES.client().toString(),
          TestCertificates.key(CERTIFICATES.client()).toString(),
          true);

  private static RedisTarget target(String url, Tls tls) {
    return Targets.of(url, Credentials.NONE, tls);
  }

  private static void writeAndRead(String url, Tls tls) throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target(url, tls), List.of());
        RedisReader reader = RedisReader.open(target(url, tls))) {
      assertThat(pipeline.send(List.of(command("SET", "k", url))).await(Duration.ofSeconds(10)))
          .isEmpty();
      assertThat(reader.async().get(bytes("k")).get()).isEqualTo(bytes(url));
    }
  }

  private static List<ThrowingCallable> opens(String url, Tls tls) {
    return List.of(
        () -> RedisPipeline.open(target(url, tls), List.of()),
        () -> RedisReader.open(target(url, tls)));
  }

  @Test
  void trustedServer() throws Exception {
    writeAndRead(REDIS.url(), TRUSTING);
  }

  @Test
  void largeSendings() throws Exception {
    try (RedisPipeline pipeline = RedisPipeline.open(target(REDIS.url(), TRUSTING), List.of())) {
      String value = "x".repeat(5_000_000);

      assertThat(pipeline.send(List.of(command("SET", "k", value))).await(Duration.ofSeconds(20)))
          .isEmpty();
      assertThat(REDIS.commands().strlen("k")).isEqualTo(value.length());
    }
  }

  @Test
  void trustedSentinelsAndServers() throws Exception {
    writeAndRead(SENTINEL.url(), TRUSTING);
  }

  @Test
  void trustedCluster() throws Exception {
    writeAndRead(CLUSTER.url(), TRUSTING);
  }

  @Test
  void serverThatWantsACertificate() throws Exception {
    writeAndRead(MUTUAL.url(), MUTUALLY);
  }

  @Test
  void serverOfAnotherNameIfNamesDoNotMatter() throws Exception {
    writeAndRead(ELSEWHERE.url(), ANY_HOST);
  }

  @Test
  void serverOfAnotherName() {
    for (ThrowingCallable open : opens(ELSEWHERE.url(), TRUSTING)) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, Redis at 127.0.0.1:" + ELSEWHERE.port())
          .hasMessageContaining("127.0.0.1 found")
          .hasMessageContaining("'tls.verify-hostname'");
    }
  }

  @Test
  void untrustedServer() {
    for (ThrowingCallable open : opens(REDIS.url(), Tls.DEFAULT)) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("valid certification path")
          .hasMessageContaining("'tls.ca-file'");
    }
  }

  @Test
  void certificateThatIsMissing() {
    for (ThrowingCallable open : opens(MUTUAL.url(), TRUSTING)) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'tls.certificate-file' and 'tls.key-file'");
    }
  }

  @Test
  void filesThatAreMissing() {
    for (ThrowingCallable open : opens(REDIS.url(), new Tls("no/such/ca", null, null, true))) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, option 'tls.ca-file': 'no/such/ca'")
          .hasMessageContaining("on each TaskManager");
    }
  }

  @Test
  void fileThatIsNoKey() throws IOException {
    Path file = Files.writeString(CERTIFICATES.ca().resolveSibling("no.key"), "no key");
    Tls tls = new Tls(TRUSTING.caFile(), CERTIFICATES.client().toString(), file.toString(), true);
    for (ThrowingCallable open : opens(MUTUAL.url(), tls)) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Table c.d.item, option 'tls.key-file': '" + file + "'")
          .hasMessageContaining("PKCS #8");
    }
  }

  @Test
  void serverWithoutTls() {
    String url = PLAIN.url().replace("redis:", "rediss:");
    Duration soon = Duration.ofSeconds(1);
    RedisTarget target =
        new RedisTarget(
            "c.d.item", RedisAddress.parse(url), Credentials.NONE, null, TRUSTING, soon, soon);
    for (ThrowingCallable open :
        List.<ThrowingCallable>of(
            () -> RedisPipeline.open(target, List.of()), () -> RedisReader.open(target))) {
      assertThatThrownBy(open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("begin with 'redis' in place");
    }
  }

  @Test
  void serverThatOnlyHasTls() {
    String url = REDIS.url().replace("rediss:", "redis:");
    for (ThrowingCallable open : opens(url, TRUSTING)) {
      assertThatThrownBy(open).isInstanceOf(IOException.class).hasMessageContaining("'rediss'");
    }
  }
}
