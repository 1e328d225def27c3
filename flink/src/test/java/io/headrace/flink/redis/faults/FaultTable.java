package io.headrace.flink.redis.faults;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.SerializationFeature;

/**
 * What came of each fault: files in the build folder, one to read and one as JSON. The JVMs that
 * run tests side by side write them together.
 */
final class FaultTable {

  /** Set by the build. */
  private static final Path FOLDER =
      Path.of(System.getProperty("headrace.build", System.getProperty("java.io.tmpdir")));

  private static final Path FILE = FOLDER.resolve("fault-table.json");

  /** Of the build; what another one has left is no line of this table. */
  private static final String RUN =
      System.getProperty("headrace.run", "" + ProcessHandle.current().pid());

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private FaultTable() {}

  /**
   * One fault and what came of it.
   *
   * @param rows changes that the job has written
   * @param retries how often a writer sent something again
   * @param heapMegabytes the most that was in use after a collection, in the whole JVM
   */
  record Line(
      String fault,
      long rows,
      int expected,
      int found,
      int differing,
      long restarts,
      long retries,
      long longestCheckpointMillis,
      long heapMegabytes,
      String result) {}

  record Table(String run, List<Line> lines) {}

  /** Records that the contents are exact, and sees to it that they are. */
  static void exact(String fault, FaultJob job, Difference difference) throws IOException {
    String result = difference.differing() == 0 ? "exact" : "WRONG";
    record(fault, job, difference, result);
    assertThat(difference.examples()).as(fault).isEmpty();
    assertThat(difference.found()).isEqualTo(difference.expected());
  }

  static synchronized void record(String fault, FaultJob job, Difference difference, String result)
      throws IOException {
    Line line =
        new Line(
            fault,
            job.rows(),
            difference.expected(),
            difference.found(),
            difference.differing(),
            job.restarts(),
            job.retries(),
            job.vitals().longestCheckpointMillis(),
            job.vitals().mostHeapBytes() >> 20,
            result);
    Files.createDirectories(FOLDER);
    try (FileChannel channel = FileChannel.open(FOLDER.resolve("fault-table.lock"), CREATE, WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      List<Line> lines = new ArrayList<>(linesOfThisRun());
      lines.add(line);
      JSON.writeValue(FILE.toFile(), new Table(RUN, lines));
      Files.write(FOLDER.resolve("fault-table.txt"), text(lines));
    }
  }

  private static List<Line> linesOfThisRun() throws IOException {
    if (!Files.exists(FILE)) {
      return List.of();
    }
    Table table = JSON.readValue(FILE.toFile(), Table.class);
    return table.run.equals(RUN) ? table.lines : List.of();
  }

  private static List<String> text(List<Line> lines) {
    String form = "%-56s %9s %8s %8s %9s %8s %7s %10s %7s  %s";
    List<String> text = new ArrayList<>();
    text.add(
        form.formatted(
            "fault",
            "rows",
            "expected",
            "found",
            "differing",
            "restarts",
            "retries",
            "checkpoint",
            "heap",
            "result"));
    for (Line line : lines) {
      text.add(
          form.formatted(
              line.fault,
              line.rows,
              line.expected,
              line.found,
              line.differing,
              line.restarts,
              line.retries,
              line.longestCheckpointMillis + " ms",
              line.heapMegabytes + " MB",
              line.result));
    }
    return text;
  }
}
