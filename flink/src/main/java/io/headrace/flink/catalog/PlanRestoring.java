package io.headrace.flink.catalog;

import java.util.HashMap;
import java.util.Map;

/**
 * EXECUTE PLAN is the one place where Flink makes a table's sink without asking the catalog for a
 * factory (it does ask for the sources). So a table that is read for a compiled plan has its
 * placeholders filled already.
 */
final class PlanRestoring {

  private static final String READS_TABLES =
      "org.apache.flink.table.planner.plan.nodes.exec.serde.ContextResolvedTableJsonDeserializer";

  private PlanRestoring() {}

  /** Whether this thread is about to restore a compiled plan. */
  static boolean isUnderWay() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(READS_TABLES)));
  }

  /** Options that must not be filled a second time: a value may look like a placeholder. */
  static final class FilledOptions extends HashMap<String, String> {

    FilledOptions(Map<String, String> options) {
      super(options);
    }
  }
}
