package io.headrace.flink.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * EXECUTE PLAN is the one place where Flink makes a table's sink without asking the catalog for a
 * factory (it does ask for the sources). So a table that is read for a compiled plan has its
 * placeholders filled already.
 */
final class PlanRestoring {

  /** Those who read a table for a plan, and, on top of the plan's, its options. */
  private static final Set<String> READERS =
      Set.of(
          "org.apache.flink.table.planner.plan.nodes.exec.serde.ContextResolvedTableJsonDeserializer",
          "org.apache.flink.table.planner.plan.nodes.exec.spec.DynamicTableSpecBase");

  private PlanRestoring() {}

  /** Whether this thread restores a compiled plan. */
  static boolean isUnderWay() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> READERS.contains(frame.getClassName())));
  }

  /** Options that must not be filled a second time: a value may look like a placeholder. */
  static final class FilledOptions extends HashMap<String, String> {

    FilledOptions(Map<String, String> options) {
      super(options);
    }
  }
}
