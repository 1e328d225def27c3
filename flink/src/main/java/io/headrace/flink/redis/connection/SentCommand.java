package io.headrace.flink.redis.connection;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A command on its way, as light as Lettuce allows: one that is done tells its batch, and leaves
 * nothing behind. Lettuce's thread of the connection calls it, and no other.
 */
final class SentCommand implements RedisCommand<byte[], byte[], Object>, ProtocolKeyword {

  private final PipelineCommand command;
  private final NodeBatch batch;
  private final int index;
  private final ReplyErrors output;
  private volatile boolean done;

  /**
   * @param index which of the commands of the sending it is, or belongs to
   */
  SentCommand(PipelineCommand command, NodeBatch batch, int index, ReplyErrors output) {
    this.command = command;
    this.batch = batch;
    this.index = index;
    this.output = output;
  }

  PipelineCommand command() {
    return command;
  }

  int index() {
    return index;
  }

  @Override
  public void encode(ByteBuf out) {
    RespEncoder.encode(command, out);
  }

  @Override
  public CommandOutput<byte[], byte[], Object> getOutput() {
    return output;
  }

  @Override
  public void complete() {
    if (!done) {
      done = true;
      batch.answered(this, output);
    }
    output.clear();
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    if (!done) {
      done = true;
      batch.lost(this, String.valueOf(failure.getMessage()));
    }
    return true;
  }

  @Override
  public void cancel() {
    completeExceptionally(new IllegalStateException("Connection closed"));
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  /** For Lettuce's own encoder, which is not used. */
  @Override
  public CommandArgs<byte[], byte[]> getArgs() {
    return null;
  }

  @Override
  public ProtocolKeyword getType() {
    return this;
  }

  @Override
  public byte[] getBytes() {
    return command.name().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void setOutput(CommandOutput<byte[], byte[], Object> output) {
    throw new UnsupportedOperationException("The output is given from the start");
  }

  /** Without keys and values, for Lettuce's log. */
  @Override
  public String toString() {
    return command.name();
  }
}
