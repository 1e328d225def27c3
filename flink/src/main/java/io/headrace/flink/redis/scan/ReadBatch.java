package io.headrace.flink.redis.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.scan.PatientReader.Topic;
import io.headrace.flink.redis.structure.RowDecoder;
import io.headrace.flink.redis.structure.RowPlace;
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
    StatefulConnection<byte[], byte[]> connection = redis.connection();
    connection.setAutoFlushCommands(false);
    try {
      for (RowPlace place : places.subList(answered, places.size())) {
        replies.add(decoder.read(redis.reader().async(), place));
      }
    } finally {
      // In this order: what another thread sends in between is flushed too.
      connection.setAutoFlushCommands(true);
      connection.flushCommands();
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
    if (replies.isEmpty()) {
      send();
    }
    try {
      while (answered < places.size()) {
        List<RowData> rows = PatientReader.reply(replies.element());
        if (!rows.isEmpty()) {
          keys.add(new ScanBatch.KeyRows(places.get(answered).key(), rows));
        }
        replies.remove();
        answered++;
      }
    } catch (ExecutionException e) {
      replies.clear();
      throw e;
    }
    return new ScanBatch(keys, after);
  }
}
