"""`column-not-grouped`: a column that is neither grouped nor aggregated."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import loose_columns


class ColumnNotGrouped(Rule):
    """A column is neither in GROUP BY nor in an aggregate.

    A group has many rows, and nothing says which one's value is meant.

    Remedy: Add it to GROUP BY, or take one value: MAX, FIRST_VALUE, LAST_VALUE.
    """

    wrong = "SELECT item_id, label FROM scored_comments GROUP BY item_id"
    right = "SELECT item_id, LAST_VALUE(label) FROM scored_comments GROUP BY item_id"
    flink_says = r"Expression '.+' is not being grouped"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            for scope in query.resolution.selects:
                group = scope.select.args.get("group")
                if group is None or any(group.args.get(key) for key in ("grouping_sets", "cube", "rollup")):
                    continue
                keys = {node.sql("flink") for node in group.expressions}
                names = {node.name for node in group.expressions if isinstance(node, exp.Column)}
                for item in scope.select.expressions:
                    for column in loose_columns(item, keys):
                        reference = query.resolution.reference(column)
                        if reference is not None and column.parts[-1].name not in names:
                            fact = f"column {column.name} is neither in GROUP BY nor in an aggregate"
                            yield self.of(query, column, fact)
