"""`different-over-windows`: several OVER windows in one SELECT."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import window_text


class DifferentOverWindows(Rule):
    """OVER is used with different windows in one SELECT.

    Flink 2.3 computes all OVER aggregates of a SELECT over one window.

    Remedy: Put the others into a SELECT around it.
    """

    wrong = """
SELECT AVG(score) OVER five_minutes, AVG(score) OVER one_hour
FROM …
"""
    right = """
SELECT short, AVG(score) OVER one_hour
FROM (SELECT event_time, score, AVG(score) OVER five_minutes AS short FROM …)
"""
    flink_says = r"All aggregates must be computed on the same window"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for scope in query.resolution.selects:
                named = {each.name: each for each in scope.select.args.get("windows") or ()}
                first = ""
                for item in scope.select.expressions:
                    for over in item.find_all(exp.Window):
                        if over.find_ancestor(exp.Select) is not scope.select:
                            continue
                        window = window_text(over, named)
                        if first and window != first:
                            yield self.of(query, over.this, "this window differs from the SELECT's first")
                        first = first or window
