"""`insert-types`: a value that does not fit its column."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import target_columns
from headrace.flinksql.schema.types import written_as


class InsertTypes(Rule):
    """A value's type does not fit its column.

    Flink writes a value into a column only where nothing can be lost or misread: an INT into a BIGINT, but not
    the other way round, and no number into a STRING.

    Remedy: CAST it to the column's type.
    """

    wrong = """
-- score DOUBLE
INSERT INTO feature (item_id, score)
SELECT item_id, status FROM scored_comments
"""
    right = """
-- score DOUBLE
INSERT INTO feature (item_id, score)
SELECT item_id, score FROM scored_comments
"""
    flink_says = r"Column types of query result and sink for .+ do not match"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.inserts:
            columns = query.resolution.columns
            expected = target_columns(query) if query.target is not None and query.resolution.complete else []
            if len(columns) != len(expected):
                continue
            for number, (given, target) in enumerate(zip(columns, expected, strict=True), start=1):
                if given.type is None or target.type is None or written_as(given.type, target.type):
                    continue
                fact = (
                    f"column {number} of the query is {given.type.plain}, "
                    f"and {query.name}.{target.name} is {target.type.plain}"
                )
                yield self.of(query, given.node, fact, self._remedy(given.name, str(target.type.plain)))

    @staticmethod
    def _remedy(name: str, target: str) -> str:
        value = "…" if name.startswith("EXPR$") else name
        return f"Write CAST({value} AS {target}), or put the right value there: columns are matched by their order."
