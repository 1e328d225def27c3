"""`different-columns`: sides of a UNION that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class DifferentColumns(Rule):
    """The sides of a UNION have different columns.

    Remedy: Give both the same columns, in the same order.
    """

    wrong = "SELECT a FROM t UNION ALL SELECT a, b FROM t"
    right = "SELECT a FROM t UNION ALL SELECT a FROM t"
    flink_says = r"Column count mismatch in UNION"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for problem in query.resolution.problems:
                if problem.kind == "union":
                    yield self.of(query, problem.node, problem.fact, problem.remedy)
