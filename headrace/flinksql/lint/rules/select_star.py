"""`select-star`: SELECT *."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule


class SelectStar(Rule):
    """SELECT * takes whatever columns there are.

    A column that is added to the table changes the query: an INSERT then fails, a view changes under its readers.

    Remedy: Name the columns.
    """

    wrong = "SELECT * FROM parsed_comments"
    right = "SELECT comment_id, content FROM parsed_comments"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for scope in query.resolution.selects:
                for item in scope.select.expressions:
                    if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
                        names = ", ".join(column.name for column in scope.columns)
                        remedy = f"Name the columns: {names}." if names else self.remedy
                        yield self.of(query, item, remedy=remedy)
