package io.headrace.flink.redis.faults;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of features, who looks at all rows again and again while a job writes them. */
final class Reader implements AutoCloseable {

  private final Pattern number;
  private final Function<String, RedisFuture<String>> read;

  /** By key: the number of the latest change that was seen. */
  private final long[] latest;

  private final Queue<String> steppedBack = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::look, "reader");
  private volatile long looks;
  private volatile boolean closed;

  /**
   * @param number how the number of the change stands in what is read
   */
  private Reader(int keys, Pattern number, Function<String, RedisFuture<String>> read) {
    this.number = number;
    this.read = read;
    this.latest = new long[keys];
    Arrays.fill(latest, -1);
    thread.setDaemon(true);
    thread.start();
  }

  /** Of rows that are hashes. */
  static Reader ofHashes(RedisClusterAsyncCommands<String, String> redis, int keys) {
    return new Reader(keys, Pattern.compile("^(\\d+)$"), key -> redis.hget(key, "n"));
  }

  /** Of rows that are JSON. */
  static Reader ofStrings(RedisClusterAsyncCommands<String, String> redis, int keys) {
    return new Reader(keys, Pattern.compile("\"n\":(\\d+)"), redis::get);
  }

  private void look() {
    try {
      while (!closed) {
        lookOnce();
        looks++;
      }
    } catch (InterruptedException | ExecutionException e) {
      steppedBack.add("The reader cannot read: " + e);
    }
  }

  private void lookOnce() throws InterruptedException, ExecutionException {
    List<RedisFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < latest.length; i++) {
      asked.add(read.apply("item:k" + i));
    }
    for (int i = 0; i < latest.length; i++) {
      String row = asked.get(i).get();
      if (row == null) {
        continue;
      }
      Matcher matcher = number.matcher(row);
      if (!matcher.find()) {
        steppedBack.add("k" + i + " has no number: " + row);
        continue;
      }
      long n = Long.parseLong(matcher.group(1));
      if (n < latest[i]) {
        steppedBack.add("k" + i + " went from " + latest[i] + " back to " + n);
      }
      latest[i] = Math.max(latest[i], n);
    }
  }

  /** How often it has looked at all rows. */
  long looks() {
    return looks;
  }

  /** The rows that went back in time. */
  List<String> steppedBack() {
    return List.copyOf(steppedBack);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
