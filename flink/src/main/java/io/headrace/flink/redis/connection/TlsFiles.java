package io.headrace.flink.redis.connection;

import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.annotation.Nullable;

/**
 * The files of {@link Tls}, seen to be usable before anything is connected: Lettuce, which reads
 * them for each connection, would not say which one is not.
 */
final class TlsFiles {

  private TlsFiles() {}

  /**
   * @throws UncheckedIOException with table, option, fact and remedy, if a file is unusable
   */
  static SslOptions options(RedisTarget target) {
    try {
      return checkedOptions(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SslOptions checkedOptions(RedisTarget target) throws IOException {
    Tls tls = target.tls();
    SslOptions.Builder builder =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(target.connectTimeout());
    checkCertificates(target, "tls.ca-file", tls.caFile());
    checkCertificates(target, "tls.certificate-file", tls.certificateFile());
    if (tls.caFile() != null) {
      builder.trustManager(new File(tls.caFile()));
    }
    if (tls.certificateFile() != null) {
      builder.keyManager(new File(tls.certificateFile()), new File(tls.keyFile()), new char[0]);
    }
    SslOptions options = builder.build();
    if (tls.certificateFile() != null) {
      checkKey(target, options);
    }
    return options;
  }

  private static void checkCertificates(RedisTarget target, String option, @Nullable String file)
      throws IOException {
    if (file == null) {
      return;
    }
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
        throw new CertificateException("it is empty");
      }
    } catch (IOException e) {
      throw RedisErrors.unreadable(target.table(), option, file, e);
    } catch (CertificateException e) {
      throw new IOException(
          String.format(
              "Table %s, option '%s': '%s' holds no certificate (%s). Put certificates in PEM"
                  + " there, '-----BEGIN CERTIFICATE-----'.",
              target.table(), option, file, e.getMessage()),
          e);
    }
  }

  private static void checkKey(RedisTarget target, SslOptions options) throws IOException {
    String file = target.tls().keyFile();
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      content.readAllBytes();
    } catch (IOException e) {
      throw RedisErrors.unreadable(target.table(), "tls.key-file", file, e);
    }
    try {
      options.createSslContextBuilder().build();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          String.format(
              "Table %s, option 'tls.key-file': '%s' does not hold the private key of '%s'. Put it"
                  + " there in PEM, as PKCS #8 and not encrypted, '-----BEGIN PRIVATE KEY-----'.",
              target.table(), file, target.tls().certificateFile()),
          e);
    }
  }
}
