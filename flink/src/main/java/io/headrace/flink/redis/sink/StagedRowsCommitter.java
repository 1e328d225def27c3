package io.headrace.flink.redis.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.connection.PipelineAnswers;
import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.connection.PipelineFailure;
import io.headrace.flink.redis.connection.RedisPipeline;
import io.headrace.flink.redis.connection.RedisScript;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what was staged before a checkpoint, when that is complete. Redis does it in one script a
 * hash, which leaves a mark, so that to commit again changes nothing.
 */
final class StagedRowsCommitter implements Committer<StagedRows> {

  static final RedisScript APPEND = RedisScript.read(StagedRowsCommitter.class, "append_staged");

  /** Of so many staged fields the names are in memory at a time. */
  private static final int FIELDS_AT_A_TIME = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(StagedRowsCommitter.class);

  private final StagingSettings settings;
  private final RedisPipeline pipeline;
  private final Requests requests;

  /**
   * @param pipeline which the committer closes; it was opened with {@link #APPEND}
   */
  StagedRowsCommitter(StagingSettings settings, RedisPipeline pipeline) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.requests = new Requests(settings.sink(), pipeline, () -> {});
  }

  @Override
  public void commit(Collection<CommitRequest<StagedRows>> committables)
      throws IOException, InterruptedException {
    List<CommitRequest<StagedRows>> some = new ArrayList<>();
    int fields = 0;
    for (CommitRequest<StagedRows> request : committables) {
      some.add(request);
      fields += request.getCommittable().fields();
      if (fields >= FIELDS_AT_A_TIME) {
        append(some);
        some.clear();
        fields = 0;
      }
    }
    append(some);
  }

  private void append(List<CommitRequest<StagedRows>> some)
      throws IOException, InterruptedException {
    if (some.isEmpty()) {
      return;
    }
    List<PipelineCommand> names = new ArrayList<>(some.size());
    for (CommitRequest<StagedRows> request : some) {
      byte[] key = request.getCommittable().key();
      names.add(PipelineCommand.onKey("HKEYS", key).keepingReply());
    }
    PipelineAnswers answers = requests.ask(names, settings.sink().retryTimeout());
    // The order of one slot's hashes counts, as they may be of one key. Slots do not wait.
    Map<String, Deque<StagedAppend>> slots = new LinkedHashMap<>();
    for (int i = 0; i < some.size(); i++) {
      StagedAppend append = StagedAppend.of(some.get(i), (List<?>) answers.reply(i), settings);
      slots.computeIfAbsent(append.staged().tag(), tag -> new ArrayDeque<>()).add(append);
    }
    while (!slots.isEmpty()) {
      appendNext(slots.values().stream().map(Deque::remove).toList());
      slots.values().removeIf(Deque::isEmpty);
    }
  }

  private void appendNext(List<StagedAppend> appends) throws IOException, InterruptedException {
    PipelineAnswers answers =
        requests.ask(
            appends.stream().map(StagedAppend::command).toList(),
            settings.sink().retryTimeout(),
            failure -> clearer(failure, appends));
    for (int i = 0; i < appends.size(); i++) {
      String outcome = new String((byte[]) answers.reply(i), UTF_8);
      switch (outcome) {
        case "APPENDED" -> {}
        case "ALREADY" -> appends.get(i).request().signalAlreadyCommitted();
        default -> lost(appends.get(i));
      }
    }
  }

  private static PipelineFailure clearer(PipelineFailure failure, List<StagedAppend> appends) {
    for (StagedAppend append : appends) {
      if (append.command() == failure.command()) {
        return append.clearer(failure);
      }
    }
    return failure;
  }

  private void lost(StagedAppend append) throws IOException {
    IOException loss = new IOException(append.lossMessage(settings));
    if (!settings.skipsLost()) {
      throw loss;
    }
    LOG.warn(loss.getMessage());
    append.request().signalFailedWithKnownReason(loss);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
