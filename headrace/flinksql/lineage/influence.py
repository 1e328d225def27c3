"""What a column of a query, or its rows, depend on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

Kind = Literal["value", "condition", "filter", "join", "group", "window", "order", "rows"]

KINDS: dict[Kind, str] = {
    "value": "the value is made of it",
    "condition": "it chooses between values: WHEN of a CASE, the first argument of IF",
    "filter": "it decides which rows count: WHERE, HAVING, FILTER, IN, EXCEPT",
    "join": "rows are joined by it, looked up by it, or unnested from it",
    "group": "rows are counted together by it: GROUP BY, PARTITION BY, DISTINCT",
    "window": "the time or order that puts rows into windows: TUMBLE and the like, ORDER BY of OVER",
    "order": "ORDER BY with LIMIT",
    "rows": "the rows come from there",
}

# What makes or chooses the value; the other kinds only decide which rows count.
VALUE_KINDS = frozenset({"value", "condition"})


@dataclass(frozen=True)
class Source:
    """Where an influence comes from.

    Attributes:
        kind: a column of a table or view, the rows of one, or a function.
        name: of the table, view or function.
        column: of the table or view.
        path: of a JSON field within the column, `$.content`.
    """

    kind: Literal["column", "rows", "function"]
    name: str
    column: str = ""
    path: str = ""


@dataclass(frozen=True)
class Influence:
    """That something depends on a source.

    Attributes:
        source: on what.
        kind: how (`KINDS`).
        expression: the SQL that says so; names of subqueries' columns are replaced by what makes them.
        line: where it stands in the file.
    """

    source: Source
    kind: Kind
    expression: str = ""
    line: int = 0


@dataclass(frozen=True)
class ResultColumn:
    """A column of a query's result.

    Attributes:
        name: as the query calls it.
        influences: what it depends on within its row, or among the rows of its OVER window.
        expression: what makes it, in columns of tables and views; None where several expressions do (UNION).
        is_copy: whether it is a column of a table or view, unchanged, or such that its JSON fields are that column's.
    """

    name: str
    influences: tuple[Influence, ...]
    expression: exp.Expr | None = None
    is_copy: bool = False


@dataclass(frozen=True)
class QueryLineage:
    """What a query's columns depend on, and what decides which rows it has."""

    columns: tuple[ResultColumn, ...]
    rows: tuple[Influence, ...]


def composed(outer: Kind, inner: Kind) -> Kind:
    """How something depends on what its own source depends on: a filter on a value is a filter.

    A condition on what was counted from filtered rows chooses a value, but the filter still only decides about rows.
    """
    return inner if outer == "value" or (outer == "condition" and inner not in VALUE_KINDS) else outer


def distinct(influences: Iterable[Influence]) -> tuple[Influence, ...]:
    """Each once; a source that makes the value need not be named as choosing it."""
    found = tuple(dict.fromkeys(influences))
    values = {influence.source for influence in found if influence.kind == "value"}
    return tuple(each for each in found if each.kind != "condition" or each.source not in values)
