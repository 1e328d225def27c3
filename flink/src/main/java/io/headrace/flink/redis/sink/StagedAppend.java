package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.util.TimeUtils;

/**
 * One hash of staged rows on its way into the keys.
 *
 * @param keys of its fields, in order; fewer than promised if fields are missing
 * @param command which does it
 */
record StagedAppend(CommitRequest<StagedRows> request, List<byte[]> keys, PipelineCommand command) {

  /** How the script ends Redis' words: with the number of the field, and the command in it. */
  private static final Pattern PLACE = Pattern.compile("(.*) #(\\d+) ([A-Z]+)");

  /**
   * @param fields the names of the fields that Redis holds, in any order
   */
  static StagedAppend of(
      CommitRequest<StagedRows> request, List<?> fields, StagingSettings settings) {
    StagedRows staged = request.getCommittable();
    byte[][] keys = new byte[staged.fields()][];
    for (Object field : fields) {
      byte[] name = (byte[]) field;
      int colon = 0;
      while (colon < name.length && name[colon] != ':') {
        colon++;
      }
      // The field without a key is the script's own.
      if (colon < name.length) {
        int number = Integer.parseInt(new String(name, 0, colon, US_ASCII));
        keys[number - 1] = Arrays.copyOfRange(name, colon + 1, name.length);
      }
    }
    List<byte[]> found = new ArrayList<>(keys.length);
    for (byte[] key : keys) {
      if (key != null) {
        found.add(key);
      }
    }
    return new StagedAppend(request, found, command(staged, found, settings));
  }

  private static PipelineCommand command(
      StagedRows staged, List<byte[]> keys, StagingSettings settings) {
    List<byte[]> all = new ArrayList<>(keys.size() + 2);
    all.add(staged.key());
    all.add(staged.markKey());
    all.addAll(keys);
    List<byte[]> arguments =
        List.of(text(staged.number()), text(staged.fields()), text(settings.ttl().toMillis()));
    return PipelineCommand.script(StagedRowsCommitter.APPEND, all, arguments).keepingReply();
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  StagedRows staged() {
    return request.getCommittable();
  }

  /** Names the key and the command that Redis refused, instead of the script that holds them. */
  PipelineFailure clearer(PipelineFailure failure) {
    Matcher place = PLACE.matcher(failure.words());
    if (!place.matches()) {
      return failure;
    }
    byte[] key = keys.get(Integer.parseInt(place.group(2)) - 1);
    return new PipelineFailure(
        PipelineCommand.onKey(place.group(3), key), failure.kind(), place.group(1), failure.node());
  }

  String lossMessage(StagingSettings settings) {
    return String.format(
        "Table %s, key '%s': %d rows that were staged there by %s are gone (%d of %d fields are"
            + " left), and no mark says that they were appended. Either they expired:"
            + " 'sink.staging-ttl' is %s. Or Redis lost them: a failover (see"
            + " 'sink.wait-replicas'), a restart without a log on disk, an eviction, FLUSHALL. No"
            + " checkpoint brings them back: to go on without them, start the job with"
            + " 'sink.lost-staged-rows' = 'skip'.",
        settings.sink().layout().table(),
        new String(staged().key(), UTF_8),
        staged().rows(),
        Instant.ofEpochMilli(staged().stagedAt()),
        keys.size(),
        staged().fields(),
        TimeUtils.formatWithHighestUnit(settings.ttl()));
  }
}
