package io.headrace.flink.redis.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One Redis command on one key, immutable. The key decides which node gets it, for commands that do
 * not name one (MULTI, EXEC) too.
 *
 * <p>The arrays are not copied: do not change them afterwards.
 */
public final class PipelineCommand {

  private static final byte[][] NO_ARGUMENTS = {};
  private static final byte[] ONE = {'1'};

  private final byte[] key;
  private final String name;
  private final byte[][] arguments;
  private final boolean keepsReply;

  private PipelineCommand(byte[] key, String name, byte[][] arguments, boolean keepsReply) {
    this.key = key;
    this.name = name;
    this.arguments = arguments;
    this.keepsReply = keepsReply;
  }

  /**
   * A command whose first argument is the key, as that of most is.
   *
   * @param name in ASCII, as {@code HSET}
   * @param more the arguments after the key
   */
  public static PipelineCommand onKey(String name, byte[] key, byte[]... more) {
    byte[][] arguments = new byte[more.length + 1][];
    arguments[0] = key;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return new PipelineCommand(key, name, arguments, false);
  }

  /**
   * Any command.
   *
   * @param key for finding the node and for messages; it is not sent
   * @param arguments all that are sent after the name
   */
  public static PipelineCommand of(String name, byte[] key, byte[]... arguments) {
    return new PipelineCommand(key, name, arguments, false);
  }

  /** Begins a transaction on the key; its commands follow in the same sending. */
  public static PipelineCommand multi(byte[] key) {
    return new PipelineCommand(key, "MULTI", NO_ARGUMENTS, false);
  }

  /** Ends a transaction on the key. */
  public static PipelineCommand exec(byte[] key) {
    return new PipelineCommand(key, "EXEC", NO_ARGUMENTS, false);
  }

  /** EVALSHA on one key; the script has to be one of those that the pipeline was opened with. */
  public static PipelineCommand script(RedisScript script, byte[] key, byte[]... more) {
    byte[][] arguments = new byte[more.length + 3][];
    arguments[0] = script.sha1().getBytes(StandardCharsets.US_ASCII);
    arguments[1] = ONE;
    arguments[2] = key;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new PipelineCommand(key, "EVALSHA", arguments, false);
  }

  /**
   * EVALSHA on several keys of one node; the script has to be one of those that the pipeline was
   * opened with. The first key stands for all in messages.
   */
  public static PipelineCommand script(
      RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
    List<byte[]> all = new ArrayList<>(2 + keys.size() + arguments.size());
    all.add(script.sha1().getBytes(StandardCharsets.US_ASCII));
    all.add(Integer.toString(keys.size()).getBytes(StandardCharsets.US_ASCII));
    all.addAll(keys);
    all.addAll(arguments);
    return new PipelineCommand(keys.get(0), "EVALSHA", all.toArray(NO_ARGUMENTS), false);
  }

  /** The same command, whose reply can be asked for: {@link PipelineAnswers#reply}. */
  public PipelineCommand keepingReply() {
    return new PipelineCommand(key, name, arguments, true);
  }

  public byte[] key() {
    return key;
  }

  /** The key for messages. */
  public String keyText() {
    return new String(key, StandardCharsets.UTF_8);
  }

  public String name() {
    return name;
  }

  /** All that is sent after the name. */
  public byte[][] arguments() {
    return arguments;
  }

  boolean keepsReply() {
    return keepsReply;
  }

  /** Whether it calls a script. */
  public boolean isScript() {
    return name.equals("EVALSHA");
  }

  boolean isMulti() {
    return name.equals("MULTI");
  }

  boolean isExec() {
    return name.equals("EXEC");
  }

  @Override
  public String toString() {
    return name + " " + keyText();
  }
}
