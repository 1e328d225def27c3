package io.headrace.flink.testing;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.util.Collector;

/** Emits the messages of a table's script, each in its turn, and ends when all turns are over. */
final class CaseSourceFunction extends RichSourceFunction<RowData>
    implements CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1;
  private static final long NONE = -1;
  private static final int NO_TURN = -1;

  private final String path;
  private final String table;
  private final DeserializationSchema<RowData> decoder;
  private final List<Metadata> metadata;

  private transient Object checkpoints;
  private transient boolean waiting;
  private transient long awaited;

  CaseSourceFunction(
      String path, String table, DeserializationSchema<RowData> decoder, List<Metadata> metadata) {
    this.path = path;
    this.table = table;
    this.decoder = decoder;
    this.metadata = metadata;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    checkpoints = new Object();
    awaited = NONE;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    decoder.open(
        RuntimeContextInitializationContextAdapters.deserializationAdapter(getRuntimeContext()));
  }

  @Override
  public void run(SourceContext<RowData> out) throws Exception {
    var script = Script.read(Path.of(path));
    var part = script.part();
    var turns = Turns.of(part.run());
    int turn = NO_TURN;
    for (Step step : script.steps()) {
      if (step.turn() != turn) {
        if (turn != NO_TURN) {
          endTurn(turns, part.readers());
        }
        turn = step.turn();
        turns.await(turn);
      }
      synchronized (out.getCheckpointLock()) {
        emit(step, out);
      }
    }
    boolean others = turn + 1 < part.turns();
    if (others) {
      // A source that has nothing more to say does not hold back those that have.
      out.markAsTemporarilyIdle();
      if (turn != NO_TURN) {
        endTurn(turns, part.readers());
      }
    } else {
      turns.end(part.readers());
    }
    turns.await(part.turns());
    // Of an idle source, Flink would not hear that it ends.
    out.emitWatermark(Watermark.MAX_WATERMARK);
  }

  private void endTurn(Turns turns, int readers) throws InterruptedException {
    synchronized (checkpoints) {
      waiting = true;
      while (waiting) {
        checkpoints.wait();
      }
    }
    turns.end(readers);
  }

  private void emit(Step step, SourceContext<RowData> out) throws Exception {
    if (step.idle()) {
      out.markAsTemporarilyIdle();
      return;
    }
    decoder.deserialize(
        step.value(),
        new Collector<>() {
          @Override
          public void collect(RowData row) {
            out.collect(withMetadata(row, step));
          }

          @Override
          public void close() {}
        });
  }

  private RowData withMetadata(RowData row, Step step) {
    if (metadata.isEmpty()) {
      return row;
    }
    Object[] values = metadata.stream().map(each -> each.of(table, step)).toArray();
    return new JoinedRowData(row.getRowKind(), row, GenericRowData.of(values));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    synchronized (checkpoints) {
      if (waiting && awaited == NONE) {
        awaited = context.getCheckpointId();
      }
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    synchronized (checkpoints) {
      if (awaited != NONE && checkpoint >= awaited) {
        awaited = NONE;
        waiting = false;
        checkpoints.notifyAll();
      }
    }
  }

  @Override
  public void cancel() {
    // Whoever waits is interrupted.
  }
}
