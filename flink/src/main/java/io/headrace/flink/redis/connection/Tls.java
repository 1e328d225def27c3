package io.headrace.flink.redis.connection;

import java.io.Serializable;
import javax.annotation.Nullable;

/**
 * How servers prove who they are, and how this side does. Whether TLS is spoken at all, the URL
 * says ({@link RedisAddress#tls()}). All files are PEM, on the machine that connects.
 *
 * @param caFile the certificates of the authorities that are trusted; null for those that Java
 *     trusts
 * @param certificateFile this side's certificate, where servers ask for one
 * @param keyFile its private key, PKCS #8, not encrypted
 * @param verifyHostname whether a server's certificate must name the host that is connected to
 */
public record Tls(
    @Nullable String caFile,
    @Nullable String certificateFile,
    @Nullable String keyFile,
    boolean verifyHostname)
    implements Serializable {

  /** Java's authorities, no certificate of this side's, host names verified. */
  public static final Tls DEFAULT = new Tls(null, null, null, true);

  /**
   * @throws IllegalArgumentException if a certificate comes without its key, or a key alone
   */
  public Tls {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException("a certificate and its private key belong together");
    }
  }
}
