package io.headrace.flink.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What one table does in one run: the first line of its file says how it takes part, each other one
 * is a {@link Step}.
 */
record Script(Part part, List<Step> steps) {

  /**
   * How a table takes part.
   *
   * @param run name of the run, the same for all tables
   * @param turns how many turns the run has, those of other tables included
   * @param readers how many sources of the job read this table
   */
  record Part(
      @JsonProperty("run") String run,
      @JsonProperty("turns") int turns,
      @JsonProperty("readers") int readers) {}

  static Script read(Path file) throws IOException {
    var mapper = new ObjectMapper();
    var lines = Files.readAllLines(file);
    var part = mapper.readValue(lines.get(0), Part.class);
    List<Step> steps = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      steps.add(mapper.readValue(line, Step.class));
    }
    return new Script(part, steps);
  }
}
