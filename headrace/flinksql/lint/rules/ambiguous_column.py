"""`ambiguous-column`: a column of several tables."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class AmbiguousColumn(Rule):
    """A column is in several tables of FROM.

    Remedy: Write the table before it: table.column.
    """

    wrong = "SELECT event_time FROM a JOIN b ON a.id = b.id"
    right = "SELECT a.event_time FROM a JOIN b ON a.id = b.id"
    flink_says = r"Column '\w+' is ambiguous"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for problem in query.resolution.problems:
                if problem.kind == "ambiguous":
                    yield self.of(query, problem.node, problem.fact, problem.remedy)
