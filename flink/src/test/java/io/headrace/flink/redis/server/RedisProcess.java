package io.headrace.flink.redis.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One redis-server, on a port and in a temporary folder of its own. Stopped or killed, it can start
 * again on both.
 */
final class RedisProcess {

  private final List<String> arguments;
  private final String readyWords;
  private final int port = Ports.free();
  private Path folder;
  private Process process;

  /**
   * @param arguments of redis-server, besides where it listens
   * @param readyWords what it logs when it is ready
   */
  RedisProcess(List<String> arguments, String readyWords) {
    this.arguments = List.copyOf(arguments);
    this.readyWords = readyWords;
  }

  int port() {
    return port;
  }

  Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("headrace-redis");
    }
    return folder;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Returns when the server says that it is ready.
   *
   * @param listen how it is told its port
   */
  void start(List<String> listen) throws IOException {
    Path log = Files.createTempFile(folder(), "redis", ".log");
    List<String> command = new ArrayList<>(List.of("redis-server"));
    command.addAll(arguments);
    command.addAll(listen);
    process =
        new ProcessBuilder(command)
            .directory(folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Process started = process;
    Await.until(
        "redis-server on port " + port + " starts",
        () -> {
          String said = Files.readString(log);
          if (!started.isAlive()) {
            throw new IOException("redis-server has ended:\n" + said);
          }
          return said.contains(readyWords);
        });
  }

  /** As an operator stops it: it may save first. */
  void stop() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }

  /** As kill -9 does: what is not on the disk is lost. */
  void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /**
   * @param name as {@code STOP}, without SIG
   */
  void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().onExit().join();
  }

  /** Ends it for good. */
  void delete() {
    kill();
    if (folder != null) {
      Folders.delete(folder);
      folder = null;
    }
  }
}
