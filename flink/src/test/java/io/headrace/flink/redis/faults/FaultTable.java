package io.headrace.flink.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.SerializationFeature;

/** What came of each fault: files in the build folder, one to read and one as JSON. */
final class FaultTable {

  /** Set by the build. */
  private static final Path FOLDER =
      Path.of(System.getProperty("headrace.build", System.getProperty("java.io.tmpdir")));

  private static final List<Line> LINES = new ArrayList<>();

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

  /** Records that the contents are exact, and sees to it that they are. */
  static void exact(String fault, FaultJob job, Difference difference) throws IOException {
    String result = difference.differing() == 0 ? "exact" : "WRONG";
    record(fault, job, difference, result);
    assertThat(difference.examples()).as(fault).isEmpty();
    assertThat(difference.found()).isEqualTo(difference.expected());
  }

  static synchronized void record(String fault, FaultJob job, Difference difference, String result)
      throws IOException {
    LINES.add(
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
            result));
    Files.createDirectories(FOLDER);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(FOLDER.resolve("fault-table.json").toFile(), LINES);
    Files.write(FOLDER.resolve("fault-table.txt"), text());
  }

  private static List<String> text() {
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
    for (Line line : LINES) {
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
