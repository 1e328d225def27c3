package io.headrace.flink.redis.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.scan.PatientReader.Topic;
import io.headrace.flink.redis.structure.RowDecoder;
import io.headrace.flink.redis.structure.RowPlace;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulConnection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.flink.table.data.RowData;

/** Asks for the rows of several keys at a time. */
final class ReadBatch {

  private final PatientReader redis;
  private final RowDecoder decoder;
  private final List<RowPlace> places;
  private final ScanPosition after;

  /** Of the places that have no answer yet; empty if they are to be asked for again. */
  private final Deque<CompletionStage<List<RowData>>> replies = new ArrayDeque<>();

  private final List<ScanBatch.KeyRows> keys = new ArrayList<>();
  private int answered;

  /**
   * @param after where the scan goes on after these places
   */
  ReadBatch(PatientReader redis, RowDecoder decoder, List<RowPlace> places, ScanPosition after) {
    this.redis = redis;
    this.decoder = decoder;
    this.places = places;
    this.after = after;
  }

  /** Sends all commands with one flush of the connection, and does not wait. */
  void send() {
    try {
      sendAll();
    } catch (RedisConnectionException e) {
      replies.clear(); // they are asked for again when they are waited for
    }
  }

  private void sendAll() {
    StatefulConnection<byte[], byte[]> connection = redis.connection();
    connection.setAutoFlushCommands(false);
    try {
      for (RowPlace place : places.subList(answered, places.size())) {
        replies.add(decoder.read(redis.reader().async(), place));
      }
    } finally {
      // In this order: what another thread sends in between is flushed too.
      connection.setAutoFlushCommands(true);
      flush(connection);
    }
  }

  private static void flush(StatefulConnection<byte[], byte[]> connection) {
    try {
      connection.flushCommands();
    } catch (NullPointerException e) {
      // Lettuce flushes node by node, and stumbles over a node whose connection fails just then
      // (AsyncConnectionProvider.Sync has no connection). Which nodes got their commands is
      // unknown.
      throw new RedisConnectionException("a node's connection failed while commands were sent", e);
    }
  }

  /** Waits for the rows. A key that is gone by now has none. */
  ScanBatch await() throws IOException {
    return redis.ask(this::topic, this::collect);
  }

  private Topic topic() {
    RowPlace place = places.get(answered);
    return new Topic(new String(place.key(), UTF_8), decoder.command(place));
  }

  private ScanBatch collect() throws ExecutionException, InterruptedException {
    try {
      if (replies.isEmpty()) {
        sendAll();
      }
      while (answered < places.size()) {
        List<RowData> rows = PatientReader.reply(replies.element());
        if (!rows.isEmpty()) {
          keys.add(new ScanBatch.KeyRows(places.get(answered).key(), rows));
        }
        replies.remove();
        answered++;
      }
    } catch (ExecutionException | RedisConnectionException e) {
      replies.clear();
      throw e;
    }
    return new ScanBatch(keys, after);
  }
}
