"""`insert-columns`: an INSERT with too many or too few columns."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import target_columns


class InsertColumns(Rule):
    """An INSERT gives another number of columns than its table has.

    Columns are matched by their order, not by their names.

    Remedy: Give one value for each column of the table, in its order; computed columns and virtual metadata get
    none.
    """

    wrong = "INSERT INTO item_sentiment SELECT item_id FROM scored_comments"
    right = "INSERT INTO item_sentiment (item_id) SELECT item_id FROM scored_comments"
    flink_says = r"Column types of query result and sink for .+ do not match"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            if query.target is None or not query.resolution.complete:
                continue
            expected = target_columns(query)
            given = len(query.resolution.columns)
            if given != len(expected):
                names = ", ".join(column.name for column in expected)
                fact = f"the query gives {given} columns, {query.name} takes {len(expected)}"
                yield self.of(query, query.tree.this, fact, f"Give one value for each of {names}.")
