"""`window-without-watermark`: a window over a column that is no time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema import Reference


class WindowWithoutWatermark(Rule):
    """A window is over a column that has no watermark.

    Windows close when the watermark passes their end. A column loses it when it is computed: CAST, COALESCE and
    other functions give a plain time.

    Remedy: Name a column of event time: one with WATERMARK FOR in its CREATE TABLE, selected as it is.
    """

    wrong = "TUMBLE(TABLE c, DESCRIPTOR(created_at), INTERVAL '1' MINUTE)"
    right = "TUMBLE(TABLE c, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)"
    flink_says = r"requires the timecol is a time attribute type|Non-time attribute sort is not supported"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for window in query.tree.find_all(fx.WindowFunction):
                column = window.time_column
                reference = query.resolution.reference(column) if column is not None else None
                if reference is not None and reference.type is not None and not reference.type.time:
                    yield self._finding(query, column, reference)
            for over in query.tree.find_all(exp.Window):
                order = over.args.get("order")
                frame = over.args.get("spec")
                if order is None or frame is None or not frame.args.get("kind"):
                    continue
                reference = query.resolution.reference(order.expressions[0].this)
                if reference is not None and reference.type is not None and not reference.type.time:
                    yield self._finding(query, reference.node, reference)

    def _finding(self, query: Query, node: exp.Expr | None, reference: Reference) -> Finding:
        times = [each.name for each in reference.relation.columns if each.type is not None and each.type.time]
        known = f"Columns with a watermark: {', '.join(times)}." if times else "It has no column with a watermark."
        return self.of(query, node, f"column {reference.column.name} has no watermark", f"{self.remedy} {known}")
