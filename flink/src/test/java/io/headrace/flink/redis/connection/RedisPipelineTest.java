package io.headrace.flink.redis.connection;

import static io.headrace.flink.redis.connection.Commands.bytes;
import static io.headrace.flink.redis.connection.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.connection.PipelineFailure.Kind;
import io.headrace.flink.redis.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is sent to one server is done in order, and what Redis answers comes back. */
@Timeout(60)
class RedisPipelineTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final RedisScript SCRIPT =
      new RedisScript("return {redis.call('SET', KEYS[1], ARGV[1]), 7, false, {'x'}}");

  private RedisPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    pipeline = RedisPipeline.open(Targets.of(REDIS.url()), List.of(SCRIPT));
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private List<PipelineFailure> failures(PipelineCommand... commands) throws Exception {
    return pipeline.send(List.of(commands)).await(PATIENCE);
  }

  @Test
  void commandsAreDoneInOrder() throws Exception {
    List<PipelineAnswers> sent = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      List<PipelineCommand> commands = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        commands.add(command("RPUSH", "list", "" + (batch * 500 + i)));
      }
      sent.add(pipeline.send(commands));
    }
    for (PipelineAnswers answers : sent) {
      assertThat(answers.await(PATIENCE)).isEmpty();
      assertThat(answers.isDone()).isTrue();
    }

    List<String> list = REDIS.commands().lrange("list", 0, -1);
    assertThat(list)
        .hasSize(10_000)
        .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
  }

  @Test
  void repliesOfAllSortsAreKeptOnDemand() throws Exception {
    PipelineAnswers answers =
        pipeline.send(
            List.of(
                command("SET", "k", "v").keepingReply(),
                command("INCR", "n").keepingReply(),
                command("INCR", "n"),
                command("GET", "k").keepingReply(),
                command("GET", "absent").keepingReply(),
                PipelineCommand.script(SCRIPT, bytes("k"), bytes("w")).keepingReply()));

    assertThat(answers.await(PATIENCE)).isEmpty();
    assertThat(answers.reply(0)).isEqualTo(bytes("OK"));
    assertThat(answers.reply(1)).isEqualTo(1L);
    assertThat(answers.reply(2)).isNull();
    assertThat(answers.reply(3)).isEqualTo(bytes("v"));
    assertThat(answers.reply(4)).isNull();
    List<?> array = (List<?>) answers.reply(5);
    assertThat(array).hasSize(4);
    assertThat(array.get(1)).isEqualTo(7L);
    assertThat(array.get(2)).isNull();
    assertThat((byte[]) ((List<?>) array.get(3)).get(0)).isEqualTo(bytes("x"));
  }

  @Test
  void argumentsOfAllSizesArrive() throws Exception {
    for (int size : new int[] {0, 9, 10, 99, 100, 12_345, 3_000_000}) {
      assertThat(failures(command("SET", "k", "x".repeat(size)))).isEmpty();
      assertThat(REDIS.commands().strlen("k")).isEqualTo(size);
    }
  }

  @Test
  void refusedCommandIsToldWithoutTheOthers() throws Exception {
    List<PipelineFailure> failures =
        failures(
            command("SET", "a", "1"), command("HSET", "a", "field", "1"), command("SET", "b", "1"));

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failures.get(0).isRetriable()).isFalse();
    assertThat(failures.get(0).command().name()).isEqualTo("HSET");
    assertThat(failures.get(0).words()).startsWith("WRONGTYPE");
    assertThat(REDIS.commands().get("b")).isEqualTo("1");
  }

  @Test
  void commandThatFailsInATransactionIsTold() throws Exception {
    REDIS.commands().set("a", "text");

    List<PipelineFailure> failures =
        failures(
            command("SET", "b", "1"),
            PipelineCommand.multi(bytes("a")),
            command("PEXPIRE", "a", "100000"),
            command("HSET", "a", "field", "1"),
            PipelineCommand.exec(bytes("a")),
            command("SET", "c", "1"));

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).command().name()).isEqualTo("HSET");
    assertThat(failures.get(0).words()).startsWith("WRONGTYPE");
  }

  @Test
  void commandThatAbortsATransactionIsTold() throws Exception {
    List<PipelineFailure> failures =
        failures(
            PipelineCommand.multi(bytes("a")),
            command("HSET", "a", "field"),
            PipelineCommand.exec(bytes("a")));

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).command().name()).isEqualTo("HSET");
    assertThat(failures.get(0).words()).startsWith("ERR wrong number of arguments");
  }

  @Test
  void nothingToSendIsDone() throws Exception {
    assertThat(failures()).isEmpty();
  }
}
