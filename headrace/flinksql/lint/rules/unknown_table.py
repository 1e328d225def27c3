"""`unknown-table`: a table that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class UnknownTable(Rule):
    """A table or view is named that is not there.

    Tables and views are known by their CREATE statements in catalog/.

    Remedy: Mend its name, or create it in a file of catalog/.
    """

    wrong = "SELECT payload FROM coments"
    right = "SELECT payload FROM comments"
    flink_says = r"Object '\w+' not found"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for problem in query.resolution.problems:
                if problem.kind == "table":
                    yield self.of(query, problem.node, problem.fact, problem.remedy)
