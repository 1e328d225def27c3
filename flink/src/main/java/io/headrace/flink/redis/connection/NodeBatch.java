package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import java.util.ArrayList;
import java.util.List;

/** The commands of one sending that go to one node, in order. */
final class NodeBatch {

  private final NodeConnection node;
  private final PipelineAnswers answers;
  private final List<SentCommand> commands;

  /** Counted down by Lettuce's thread of the connection alone. */
  private int unanswered;

  NodeBatch(NodeConnection node, PipelineAnswers answers, int expected) {
    this.node = node;
    this.answers = answers;
    this.commands = new ArrayList<>(expected);
  }

  NodeConnection node() {
    return node;
  }

  List<SentCommand> commands() {
    return commands;
  }

  void add(PipelineCommand command, int index) {
    add(command, index, command.keepsReply() ? new KeptReply() : node.replyErrors());
  }

  void add(PipelineCommand command, int index, ReplyErrors output) {
    commands.add(new SentCommand(command, this, index, output));
    unanswered++;
  }

  /** On the key of the last command, for messages. */
  void addWait(byte[] replicas, byte[] millis, WaitReply output) {
    SentCommand last = commands.get(commands.size() - 1);
    add(PipelineCommand.of("WAIT", last.command().key(), replicas, millis), last.index(), output);
  }

  /** Writes all, without waiting. Nothing may be added afterwards. */
  void send() {
    node.write(this);
  }

  void answered(SentCommand command, ReplyErrors output) {
    if (output.hasError()) {
      failed(command, output);
    } else if (command.command().keepsReply()) {
      answers.reply(command.index(), output.get());
    }
    countDown();
  }

  void lost(SentCommand command, String words) {
    answers.failed(command.index(), failure(command, Kind.CONNECTION_LOST, words));
    countDown();
  }

  private void countDown() {
    unanswered--;
    if (unanswered == 0) {
      answers.nodeAnswered();
    }
  }

  private void failed(SentCommand command, ReplyErrors output) {
    String words = output.getError();
    SentCommand culprit = command;
    if (command.command().isExec()) {
      List<SentCommand> transaction = transaction(command);
      if (words.startsWith("EXECABORT") && answers.hasFailed(transaction)) {
        return;
      }
      if (output.errorElement() >= 0 && output.errorElement() < transaction.size()) {
        culprit = transaction.get(output.errorElement());
      }
    }
    answers.failed(culprit.index(), failure(culprit, Kind.of(words), words));
  }

  /** What stands between MULTI and this EXEC. */
  private List<SentCommand> transaction(SentCommand exec) {
    int end = commands.indexOf(exec);
    int start = end;
    while (start > 0 && !commands.get(start - 1).command().isMulti()) {
      start--;
    }
    return commands.subList(start, end);
  }

  /** Said of the first that has no answer. */
  void timeOut(String words) {
    for (SentCommand command : commands) {
      if (!command.isDone()) {
        node.distrust();
        answers.failed(command.index(), failure(command, Kind.TIMEOUT, words));
        return;
      }
    }
  }

  private PipelineFailure failure(SentCommand command, Kind kind, String words) {
    return new PipelineFailure(command.command(), kind, words, node.address());
  }
}
