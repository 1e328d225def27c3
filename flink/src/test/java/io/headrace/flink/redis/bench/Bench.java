package io.headrace.flink.redis.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a line for each run from its input, such as {@code sink url=redis://… warm=… rows=…
 * first=…}, and answers each with a line of JSON. Ends with its input.
 */
public final class Bench {

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] words = line.split(" ");
      Run run = Run.of(Arrays.copyOfRange(words, 1, words.length));
      try (PeakMemory memory = new PeakMemory()) {
        Measured measured = measure(words[0], run);
        memory.addTo(measured);
        System.out.println(measured.json());
      }
    }
  }

  private static Measured measure(String what, Run run) throws Exception {
    return switch (what) {
      case "sink" -> SinkJob.run(run);
      case "sql" -> SqlJob.run(run);
      case "lookup" -> LookupJob.run(run);
      case "loop" -> LettuceLoop.run(run);
      default -> throw new IllegalArgumentException("No such run: " + what);
    };
  }
}
