package io.headrace.flink.redis.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
final class Ports {

  /**
   * Below those that the system gives to clients: a client that connects to such a port again and
   * again may end up connected with itself, and a server that starts again finds its port taken.
   */
  private static final int FIRST = 12_000;

  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 100;

  private Ports() {}

  static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        continue;
      }
    }
    throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
  }
}
