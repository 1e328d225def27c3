package io.headrace.flink.redis.server;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/** How the servers of a fixture are started and spoken to. */
final class Settings {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<String> arguments = new ArrayList<>();
  @Nullable private String password;
  @Nullable private TestCertificates certificates;
  private boolean clientCertificates;

  void add(String... more) {
    arguments.addAll(List.of(more));
  }

  void password(String secret) {
    password = secret;
    add("--requirepass", secret, "--masterauth", secret);
  }

  @Nullable
  String password() {
    return password;
  }

  void tls(TestCertificates made, Path certificate, boolean mutual) {
    certificates = made;
    clientCertificates = mutual;
    add("--tls-ca-cert-file", made.ca().toString());
    add("--tls-cert-file", certificate.toString());
    add("--tls-key-file", TestCertificates.key(certificate).toString());
    add("--tls-auth-clients", mutual ? "yes" : "no");
    add("--tls-replication", "yes", "--tls-cluster", "yes");
  }

  List<String> arguments() {
    return arguments;
  }

  /** Arguments as lines of a configuration file. */
  static List<String> lines(List<String> arguments) {
    return arguments.isEmpty()
        ? List.of()
        : List.of(String.join(" ", arguments).substring(2).split(" --"));
  }

  List<String> listen(int port) {
    return certificates == null
        ? List.of("--bind", "127.0.0.1", "--port", "" + port)
        : List.of("--bind", "127.0.0.1", "--port", "0", "--tls-port", "" + port);
  }

  String scheme() {
    return certificates == null ? "redis" : "rediss";
  }

  RedisURI uri(int port) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(port)
            .withTimeout(TIMEOUT)
            .withSsl(certificates != null)
            .withVerifyPeer(false);
    if (password != null) {
      uri.withPassword(password.toCharArray());
    }
    return uri.build();
  }

  ClientOptions clientOptions() {
    ClientOptions.Builder options = ClientOptions.builder();
    if (certificates != null) {
      SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider();
      if (clientCertificates) {
        Path certificate = certificates.client();
        ssl.keyManager(
            certificate.toFile(), TestCertificates.key(certificate).toFile(), new char[0]);
      }
      options.sslOptions(ssl.build());
    }
    return options.build();
  }
}
