"""`unknown-column`: a column that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class UnknownColumn(Rule):
    """A column is named that is not there.

    Flink tells capitals apart in names of columns. A name that AS gives is not known in WHERE and GROUP BY of the same
    SELECT.

    Remedy: Name a column of the tables in FROM; `DESCRIBE <table>` lists them.
    """

    wrong = "SELECT scor FROM scored_comments"
    right = "SELECT score FROM scored_comments"
    flink_says = r"(Column|Table) '\w+' not found"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for problem in query.resolution.problems:
                if problem.kind == "column":
                    yield self.of(query, problem.node, problem.fact, problem.remedy)
