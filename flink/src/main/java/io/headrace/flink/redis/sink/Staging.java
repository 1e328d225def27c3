package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisScript;
import io.headrace.flink.redis.connection.SlotTags;
import io.headrace.flink.redis.structure.RedisKey;
import io.headrace.flink.redis.structure.RowChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Puts the commands of appended rows aside in Redis, into hashes, instead of doing them. To put
 * them there twice changes nothing.
 *
 * <p>What it keeps in memory is a line for each hash: one for a thousand rows, or in a cluster at
 * least one for each slot that rows are written to.
 */
final class Staging implements FlushCommands {

  static final RedisScript STAGE = RedisScript.read(Staging.class, "stage");

  /** To append so many keeps Redis busy for a millisecond or two. */
  static final int ROWS_OF_HASH = 1_000;

  /** A hash that holds so much takes no more. */
  private static final long BYTES_OF_HASH = 1 << 20;

  private static final String TAG_WITHOUT_SLOTS = "0";

  private final boolean slots;
  private final byte[] ttlMillis;
  private final String writer = UUID.randomUUID().toString();
  private long hashes;

  /** Hashes that take more rows, by their tag. */
  private final Map<String, OpenHash> open = new LinkedHashMap<>();

  private final List<OpenHash> full = new ArrayList<>();

  Staging(StagingSettings settings) {
    this.slots = settings.hasSlots();
    this.ttlMillis = Long.toString(settings.ttl().toMillis()).getBytes(US_ASCII);
  }

  private static final class OpenHash {

    private final String tag;
    private final long number;
    private int fields;
    private int rows;
    private long bytes;

    OpenHash(String tag, long number) {
      this.tag = tag;
      this.number = number;
    }
  }

  @Override
  public List<PipelineCommand> first(List<PendingChange> changes) {
    Map<RedisKey, List<RowChange>> keys = new LinkedHashMap<>();
    for (PendingChange pending : changes) {
      RowChange change = pending.change();
      keys.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change);
    }
    Map<OpenHash, List<byte[]>> fields = new LinkedHashMap<>();
    keys.forEach((key, ofKey) -> stage(key, ofKey, fields));
    List<PipelineCommand> commands = new ArrayList<>(fields.size());
    fields.forEach(
        (hash, arguments) ->
            commands.add(
                PipelineCommand.script(STAGE, key(hash), arguments.toArray(new byte[0][]))));
    return commands;
  }

  private void stage(RedisKey key, List<RowChange> rows, Map<OpenHash, List<byte[]>> fields) {
    String tag = slots ? SlotTags.of(key.bytes()) : TAG_WITHOUT_SLOTS;
    int from = 0;
    while (from < rows.size()) {
      OpenHash hash = open.computeIfAbsent(tag, it -> new OpenHash(it, ++hashes));
      int to = Math.min(rows.size(), from + ROWS_OF_HASH - hash.rows);
      List<byte[]> arguments = fields.computeIfAbsent(hash, it -> new ArrayList<>());
      if (arguments.isEmpty()) {
        arguments.add(ttlMillis);
      }
      add(hash, key, rows.subList(from, to), arguments);
      if (hash.rows >= ROWS_OF_HASH || hash.bytes >= BYTES_OF_HASH) {
        full.add(open.remove(tag));
      }
      from = to;
    }
  }

  private static void add(
      OpenHash hash, RedisKey key, List<RowChange> rows, List<byte[]> arguments) {
    List<PipelineCommand> commands = new ArrayList<>(rows.size() + 2);
    rows.forEach(row -> row.write(commands));
    rows.get(rows.size() - 1).finish(commands);
    hash.fields++;
    hash.rows += rows.size();
    byte[] packed = PackedCommands.of(commands);
    hash.bytes += packed.length;
    arguments.add(field(hash.fields, key.bytes()));
    arguments.add(packed);
  }

  private static byte[] field(int number, byte[] key) {
    byte[] prefix = (number + ":").getBytes(US_ASCII);
    byte[] field = new byte[prefix.length + key.length];
    System.arraycopy(prefix, 0, field, 0, prefix.length);
    System.arraycopy(key, 0, field, prefix.length, key.length);
    return field;
  }

  @Override
  public List<PipelineCommand> again(
      List<PendingChange> changes, List<PipelineCommand> before, List<PipelineFailure> failures) {
    return before;
  }

  /** All that is staged, in order. From then on it is the committer's. */
  Collection<StagedRows> handOut() {
    long now = System.currentTimeMillis();
    List<StagedRows> staged =
        hashes()
            .map(hash -> new StagedRows(hash.tag, writer, hash.number, hash.fields, hash.rows, now))
            .toList();
    full.clear();
    open.clear();
    return staged;
  }

  /** The commands that remove what was not handed out, and so will never be appended. */
  List<PipelineCommand> discard() {
    return hashes().map(hash -> PipelineCommand.onKey("UNLINK", key(hash))).toList();
  }

  private Stream<OpenHash> hashes() {
    return Stream.concat(full.stream(), open.values().stream());
  }

  private byte[] key(OpenHash hash) {
    return StagedRows.key(hash.tag, writer, hash.number);
  }
}
