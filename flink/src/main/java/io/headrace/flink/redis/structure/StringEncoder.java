package io.headrace.flink.redis.structure;

import io.headrace.flink.redis.connection.PipelineCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;

/** A row is a string: the value of one column, or the row as a JSON object. */
final class StringEncoder extends KeyPerRowEncoder {

  private static final long serialVersionUID = 1L;

  private final TimeToLive ttl;
  private final RowValue value;

  StringEncoder(TableLayout layout, TimeToLive ttl, @Nullable NewerWins newerWins) {
    super(layout, newerWins);
    this.ttl = ttl;
    this.value = RowValue.of(layout);
  }

  /** Where the one value is NULL there is nothing to store: the key is absent. */
  @Override
  public RowChange upsert(RowData row) {
    byte[] bytes = value.bytes(row);
    if (bytes == null) {
      return delete(row);
    }
    return new Upsert(key(row), bytes, ttl.millis(row), time(row));
  }

  /** Sets the value and, in the same command, how long it lives. */
  private final class Upsert extends RowChange {

    private final byte[] bytes;
    private final long ttlMillis;
    @Nullable private final TimestampData time;

    Upsert(RedisKey key, byte[] bytes, long ttlMillis, @Nullable TimestampData time) {
      super(key);
      this.bytes = bytes;
      this.ttlMillis = ttlMillis;
      this.time = time;
    }

    @Override
    public TimestampData time() {
      return time;
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      if (ttlMillis == TimeToLive.FOR_EVER) {
        commands.add(PipelineCommand.onKey("SET", key().bytes(), bytes));
      } else {
        commands.add(
            PipelineCommand.onKey(
                "SET",
                key().bytes(),
                bytes,
                "PX".getBytes(StandardCharsets.US_ASCII),
                Long.toString(ttlMillis).getBytes(StandardCharsets.US_ASCII)));
      }
    }

    @Override
    public void writeIfNewer(ScriptCalls calls) {
      newerWins.write(key(), calls, ttl.forScript(ttlMillis), newerWins.text(time), bytes);
    }

    @Override
    public int size() {
      return Sizes.of(key().bytes()) + Sizes.of(bytes);
    }
  }
}
