package io.headrace.flink.redis.connection;

import java.io.Serializable;

/**
 * Where one process listens.
 *
 * @param host a name or an address, an IPv6 one without brackets
 */
public record NodeAddress(String host, int port) implements Serializable {

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
