package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.flink.redis.connection.PipelineCommand;
import io.headrace.flink.redis.structure.StructureOptions.Keep;
import java.math.BigDecimal;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.NumberOutput;
import org.apache.flink.table.data.RowData;

/** A row is a member of a sorted set, with its score. */
final class SortedSetEncoder implements RowEncoder {

  private static final long serialVersionUID = 1L;

  /** Any number of so many digits reads back from a DOUBLE as it was. */
  private static final int EXACT_DIGITS = 15;

  private final TableLayout layout;
  private final TimeToLive ttl;
  private final ColumnEncoder member;
  private final ColumnEncoder score;

  SortedSetEncoder(TableLayout layout, TimeToLive ttl) {
    this.layout = layout;
    this.ttl = ttl;
    this.member = new ColumnEncoder(layout, layout.memberColumn());
    this.score = new ColumnEncoder(layout, layout.scoreColumn());
  }

  /** A member without a score has no place in the set: it is removed. */
  @Override
  public RowChange upsert(RowData row) {
    byte[] value = score.bytes(row);
    return new Change(row, value == null ? null : redisScore(value));
  }

  @Override
  public RowChange delete(RowData row) {
    return new Change(row, null);
  }

  /** Redis takes 'inf' for what Flink calls 'Infinity'. */
  private byte[] redisScore(byte[] value) {
    String text = new String(value, US_ASCII);
    return switch (text) {
      case "Infinity" -> "inf".getBytes(US_ASCII);
      case "-Infinity" -> "-inf".getBytes(US_ASCII);
      case "NaN" ->
          throw new IllegalArgumentException(
              "column '"
                  + score.name()
                  + "': it is NaN, which is no score for Redis. Leave such rows out, or CASE it to"
                  + " a number.");
      default -> {
        requireExact(text);
        yield value;
      }
    };
  }

  /** Redis' scores are DOUBLEs: a longer number would come back as another one. */
  private void requireExact(String text) {
    if (text.length() > EXACT_DIGITS
        && new BigDecimal(shortest(Double.parseDouble(text))).compareTo(new BigDecimal(text))
            != 0) {
      throw new IllegalArgumentException(
          String.format(
              "column '%s': the score %s has more digits than Redis keeps, which makes it a DOUBLE."
                  + " Insert a shorter number, for example ROUND(…).",
              score.name(), text));
    }
  }

  /** Not Double.toString: before Java 19 it gives some numbers more digits than they need. */
  private static String shortest(double score) {
    return NumberOutput.toString(score, true);
  }

  /** What identifies a member: the set and the member's bytes. */
  private record Identity(RedisKey key, RedisKey member) {}

  /** Sets a member's score; a null score removes the member. */
  private final class Change extends RowChange {

    private final byte[] memberBytes;
    @Nullable private final byte[] scoreBytes;
    private final long ttlMillis;

    Change(RowData row, @Nullable byte[] scoreBytes) {
      super(new RedisKey(layout.key().encode(row)));
      this.memberBytes = member.bytes(row);
      this.scoreBytes = scoreBytes;
      this.ttlMillis = ttl.millis(row);
    }

    @Override
    public Object identity() {
      return new Identity(key(), new RedisKey(memberBytes));
    }

    @Override
    public void write(List<PipelineCommand> commands) {
      commands.add(
          scoreBytes == null
              ? PipelineCommand.onKey("ZREM", key().bytes(), memberBytes)
              : PipelineCommand.onKey("ZADD", key().bytes(), scoreBytes, memberBytes));
    }

    @Override
    public void finish(List<PipelineCommand> commands) {
      Integer size = layout.maxSize();
      if (size != null) {
        boolean highest = layout.keep() == Keep.HIGHEST;
        commands.add(
            PipelineCommand.onKey(
                "ZREMRANGEBYRANK",
                key().bytes(),
                (highest ? "0" : size.toString()).getBytes(US_ASCII),
                (highest ? Integer.toString(-size - 1) : "-1").getBytes(US_ASCII)));
      }
      ttl.write(key(), ttlMillis, commands);
    }

    @Override
    public int size() {
      return 2 * Sizes.of(key().bytes()) + Sizes.of(memberBytes);
    }
  }
}
