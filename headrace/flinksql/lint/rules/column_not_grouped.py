"""`column-not-grouped`: a column that is neither grouped nor aggregated."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import loose_columns
from headrace.flinksql.schema import PythonFunction
from headrace.flinksql.schema.relations import Call


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
                if group is None or group.find(exp.GroupingSets, exp.Cube, exp.Rollup) is not None:
                    continue
                keys = {node.sql("flink") for node in group.expressions}
                names = {node.name for node in group.expressions if isinstance(node, exp.Column)}
                for item in scope.select.expressions:
                    for column in loose_columns(item, keys, _over_groups(query)):
                        reference = query.resolution.reference(column)
                        if reference is not None and column.parts[-1].name not in names:
                            fact = f"column {column.name} is neither in GROUP BY nor in an aggregate"
                            yield self.of(query, column, fact)


def _over_groups(query: Query) -> set[int]:
    """The calls that take all rows of a group, and those about the group itself: TUMBLE_START, GROUPING."""
    return {id(call.node) for call in query.resolution.calls if _of_group(call)}


def _of_group(call: Call) -> bool:
    if isinstance(call.function, PythonFunction):
        return call.function.kind != "scalar"
    return call.function is None or call.function.family in {"aggregate", "window"}
