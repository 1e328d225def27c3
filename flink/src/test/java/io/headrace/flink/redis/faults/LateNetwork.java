package io.headrace.flink.redis.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between a job and Redis that can hold back what is on its way to Redis, as real ones do
 * when they are cut: what a process has sent arrives some time later, also when the process has
 * ended since.
 */
final class LateNetwork implements AutoCloseable {

  private final int port;
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * @param port Redis'
   */
  LateNetwork(int port) throws IOException {
    this.port = port;
    start(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + entrance.getLocalPort();
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "network");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    try {
      while (true) {
        connections.add(new Connection(entrance.accept()));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** What comes from now on over the connections that there are is held back. */
  void hold() {
    connections.forEach(Connection::hold);
  }

  /** How many connections have something that is held back. */
  long holding() {
    return connections.stream().filter(Connection::isHolding).count();
  }

  /** Lets all arrive that was held back, and returns when Redis has closed these connections. */
  void release() throws InterruptedException {
    for (Connection connection : connections) {
      connection.release();
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Connection connection : connections) {
      connection.close();
    }
  }

  /** From a client to Redis and back. */
  private final class Connection {

    private final Socket client;
    private final Socket redis = new Socket(InetAddress.getLoopbackAddress(), port);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final List<Thread> threads = new ArrayList<>();
    private boolean holds;
    private boolean clientHasEnded;

    Connection(Socket client) throws IOException {
      this.client = client;
      threads.add(start(this::toRedis));
      threads.add(start(this::toClient));
    }

    private void toRedis() {
      byte[] bytes = new byte[1 << 16];
      try {
        InputStream in = client.getInputStream();
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
          pass(bytes, length);
        }
      } catch (SocketException e) {
        // The client has ended, less politely.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      end();
    }

    private synchronized void pass(byte[] bytes, int length) throws IOException {
      if (holds) {
        held.write(bytes, 0, length);
      } else {
        redis.getOutputStream().write(bytes, 0, length);
      }
    }

    private synchronized void end() {
      clientHasEnded = true;
      if (!holds) {
        shutDown();
      }
    }

    private void shutDown() {
      try {
        redis.shutdownOutput();
      } catch (IOException e) {
        // Redis has closed it already.
      }
    }

    private void toClient() {
      try {
        redis.getInputStream().transferTo(client.getOutputStream());
        client.close();
      } catch (IOException e) {
        // One of them has ended.
      }
    }

    synchronized void hold() {
      holds = true;
    }

    synchronized boolean isHolding() {
      return held.size() > 0;
    }

    private synchronized void letThrough() {
      holds = false;
      try {
        held.writeTo(redis.getOutputStream());
      } catch (IOException e) {
        // Redis has closed it already.
      }
      if (clientHasEnded) {
        shutDown();
      }
    }

    void release() throws InterruptedException {
      if (isHolding()) {
        letThrough();
        for (Thread thread : threads) {
          thread.join();
        }
      }
    }

    void close() throws IOException {
      client.close();
      redis.close();
    }
  }
}
