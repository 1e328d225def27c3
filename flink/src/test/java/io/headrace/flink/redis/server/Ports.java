package io.headrace.flink.redis.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
final class Ports {

  /**
   * Below those that the system gives to clients: a client that connects to such a port again and
   * again may end up connected with itself, and a server that starts again finds its port taken.
   */
  private static final int FIRST_OF_ALL = 12_000;

  private static final int LAST_OF_ALL = 21_999;

  /** Of the JVMs that run tests side by side, as the build says, each has ports of its own. */
  private static final int NUMBER =
      (LAST_OF_ALL + 1 - FIRST_OF_ALL) / Integer.getInteger("headrace.forks", 1);

  private static final int FIRST =
      FIRST_OF_ALL + (Integer.getInteger("headrace.fork", 1) - 1) * NUMBER;

  /** From a cluster node's port to that of its bus. */
  private static final int BUS = 10_000;

  private static final int ATTEMPTS = 100;

  /** A server listens on its port only some time after it was chosen, and comes back to it. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * A port on which, and on the cluster bus port that belongs to it, nobody listens. It is given
   * once.
   */
  static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + NUMBER);
      if (isFree(port) && isFree(port + BUS) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "No free port between " + FIRST + " and " + (FIRST + NUMBER - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
