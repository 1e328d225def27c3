package io.headrace.flink.redis.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.scan.PatientReader.Topic;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowPlace;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.Nullable;

/**
 * The keys that SCAN finds. Redis promises that it finds each key that is there from the beginning
 * to the end, as long as one process is asked. If another one took over meanwhile, or slots moved,
 * the scan begins again; the rows that have been read are known, and left out.
 */
final class ScannedKeys implements KeyPages {

  private final PatientReader redis;
  private final KeyFilter filter;
  private final BitSet slots;
  private final String pattern;
  private final ScanArgs arguments;
  private final int mostPasses;
  private final ScanPosition resumed;

  private int passes;
  private List<ScanServer> servers = List.of();
  private int server;
  private ScanCursor cursor;

  /** Asked before it is needed, so that Redis looks for keys while rows are read. */
  @Nullable private CompletionStage<KeyScanCursor<byte[]>> asked;

  ScannedKeys(PatientReader redis, KeyFilter filter, ScanSplit split, ScanSettings settings) {
    this.redis = redis;
    this.filter = filter;
    this.slots = split.slots();
    this.pattern = new String(filter.pattern(), UTF_8);
    this.arguments = ScanArgs.Builder.limit(settings.count()).match(filter.pattern());
    this.mostPasses = 1 + settings.maxRetries();
    this.resumed = split.position();
  }

  @Override
  @Nullable
  public Page next() throws IOException {
    if (passes == 0) {
      begin();
    }
    while (server == servers.size()) {
      if (current().equals(servers)) {
        return null;
      }
      begin();
    }
    KeyScanCursor<byte[]> found = ask();
    while (found == null) {
      begin();
      found = ask();
    }
    return page(found);
  }

  /** Null if the server is gone for good: a cluster has given its slots to another node. */
  @Nullable
  private KeyScanCursor<byte[]> ask() throws IOException {
    return redis.ask(
        () -> new Topic(pattern, "SCAN"),
        () -> {
          if (!redis.reader().primaries().contains(servers.get(server).name())) {
            return null;
          }
          CompletionStage<KeyScanCursor<byte[]>> first = asked == null ? send() : asked;
          asked = null;
          return PatientReader.reply(first);
        });
  }

  private Page page(KeyScanCursor<byte[]> found) {
    cursor = found;
    ScanPosition after =
        servers.size() == 1
            ? new ScanPosition(servers.get(server).runId(), found.getCursor())
            : ScanPosition.START;
    if (found.isFinished()) {
      server++;
      cursor = ScanCursor.INITIAL;
    }
    if (server < servers.size()) {
      asked = send();
    }
    return new Page(places(found.getKeys()), after);
  }

  private CompletionStage<KeyScanCursor<byte[]>> send() {
    try {
      return redis.reader().scan(servers.get(server).name(), cursor, arguments);
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<RowPlace> places(List<byte[]> keys) {
    List<RowPlace> places = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      if (slots.isEmpty() || slots.get(SlotHash.getSlot(key))) {
        RowPlace place = filter.place(key);
        if (place != null) {
          places.add(place);
        }
      }
    }
    return places;
  }

  /** Begins to look at the servers that hold the slots now, or goes on where a job was restored. */
  private void begin() throws IOException {
    boolean first = passes == 0;
    do {
      if (passes == mostPasses) {
        throw new IOException(
            String.format(
                "Table %s, Redis at %s: keys keep moving between servers, or nobody serves some"
                    + " slots, so a scan would not be exact. See 'redis-cli --cluster check', wait"
                    + " until all is at rest, and run the query again.",
                redis.target().table(), redis.target().address().hostAndPort()));
      }
      if (passes > 0) {
        redis.pauseAfter(passes);
      }
      passes++;
      servers = current();
    } while (!isSettled());
    server = 0;
    boolean goesOn = first && servers.size() == 1 && isSame(servers.get(0));
    cursor = goesOn ? ScanCursor.of(resumed.cursor()) : ScanCursor.INITIAL;
    asked = null;
  }

  private boolean isSame(ScanServer one) {
    return one.runId().equals(resumed.runId());
  }

  /** Those of the servers that hold keys of the split. */
  private List<ScanServer> current() throws IOException {
    List<ScanServer> all =
        redis.ask(() -> new Topic(pattern, "INFO"), () -> ScanServer.all(redis.reader()));
    return all.stream().filter(one -> slots.isEmpty() || one.slots().intersects(slots)).toList();
  }

  private boolean isSettled() {
    BitSet missing = (BitSet) slots.clone();
    boolean moving = false;
    for (ScanServer one : servers) {
      missing.andNot(one.slots());
      moving |= one.moving();
    }
    return missing.isEmpty() && !moving;
  }
}
