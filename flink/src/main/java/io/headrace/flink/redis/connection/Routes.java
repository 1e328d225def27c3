package io.headrace.flink.redis.connection;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.lettuce.core.cluster.SlotHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/** Which connection a key's commands go to. Built anew when the topology changes. */
final class Routes {

  /** By slot; a single one without a cluster. Null where nobody serves a slot. */
  private final NodeConnection[] owners;

  /** Keys that have left their slot's owner for the node that imports the slot. */
  private final Map<ByteBuffer, NodeConnection> importing = new HashMap<>();

  Routes(NodeConnection[] owners) {
    this.owners = owners;
  }

  int slot(byte[] key) {
    return owners.length == 1 ? 0 : SlotHash.getSlot(key);
  }

  @Nullable
  NodeConnection owner(byte[] key) {
    return owners[slot(key)];
  }

  /** Follows Redis' MOVED, which may know more than the node that was asked for the slots. */
  void move(byte[] key, NodeConnection owner) {
    owners[slot(key)] = owner;
  }

  /** Follows Redis' ASK: the key's commands go to that node until the slot's owner changes. */
  void ask(byte[] key, NodeConnection node) {
    if (owner(key) != node) {
      importing.put(ByteBuffer.wrap(key), node);
    }
  }

  Map<ByteBuffer, NodeConnection> importing() {
    return importing;
  }

  boolean uses(NodeConnection node) {
    return importing.containsValue(node) || Arrays.asList(owners).contains(node);
  }

  /** Sorts a sending into batches. The commands of a transaction stay together. */
  List<NodeBatch> split(List<PipelineCommand> commands, PipelineAnswers answers) {
    Map<NodeConnection, NodeBatch> batches = new HashMap<>();
    List<NodeBatch> inOrder = new ArrayList<>();
    boolean inTransaction = false;
    NodeBatch batch = null;
    for (int i = 0; i < commands.size(); i++) {
      PipelineCommand command = commands.get(i);
      if (!inTransaction) {
        NodeConnection asked =
            importing.isEmpty() ? null : importing.get(ByteBuffer.wrap(command.key()));
        NodeConnection node = asked == null ? owner(command.key()) : asked;
        if (batch == null || batch.node() != node) {
          batch = node == null ? null : batches.get(node);
        }
        if (batch == null && node != null) {
          batch = new NodeBatch(node, answers, commands.size());
          batches.put(node, batch);
          inOrder.add(batch);
        }
        if (asked != null) {
          batch.add(PipelineCommand.of("ASKING", command.key()), i, node.replyErrors());
        }
      }
      inTransaction = command.isMulti() || inTransaction && !command.isExec();
      if (batch == null) {
        answers.failed(i, unserved(command));
      } else {
        batch.add(command, i);
      }
    }
    return inOrder;
  }

  private PipelineFailure unserved(PipelineCommand command) {
    String words = "CLUSTERDOWN No node serves the hash slot " + slot(command.key());
    return new PipelineFailure(command, Kind.TRY_AGAIN, words, null);
  }
}
