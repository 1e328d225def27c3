package io.headrace.flink.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates (PEM) for servers and clients of a test, made by openssl: an authority, a server's
 * for {@code 127.0.0.1} and {@code localhost}, a client's, and a server's that names another host.
 */
public final class TestCertificates {

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** In a temporary folder, which ends with the virtual machine. */
  public static TestCertificates make() {
    try {
      Path folder = Files.createTempDirectory("headrace-certificates");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
      return new TestCertificates(folder).signAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestCertificates signAll() throws IOException {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.crt -subj /CN=test-ca");
    sign("server", "subjectAltName=IP:127.0.0.1,DNS:localhost");
    sign("client", "subjectAltName=DNS:client");
    sign("elsewhere", "subjectAltName=DNS:elsewhere.example");
    return this;
  }

  private void sign(String name, String extension) throws IOException {
    Files.writeString(folder.resolve(name + ".ext"), extension);
    openssl(
        "req -newkey rsa:2048 -nodes -keyout %1$s.key -out %1$s.csr -subj /CN=%1$s"
            .formatted(name));
    openssl(
        "x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile %1$s.ext -out %1$s.crt"
            .formatted(name));
  }

  private void openssl(String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ":\n" + said);
    }
  }

  /** The authority's certificate. */
  public Path ca() {
    return folder.resolve("ca.crt");
  }

  /** For a server on this machine. */
  public Path server() {
    return folder.resolve("server.crt");
  }

  public Path client() {
    return folder.resolve("client.crt");
  }

  /** Signed by the same authority, for a server of another name. */
  public Path elsewhere() {
    return folder.resolve("elsewhere.crt");
  }

  /** The private key to one of the certificates (PKCS #8). */
  public static Path key(Path certificate) {
    String name = certificate.getFileName().toString();
    return certificate.resolveSibling(name.replace(".crt", ".key"));
  }
}
