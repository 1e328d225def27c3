"""What stands in FROM, and what a query finds there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from sqlglot import exp

from headrace.flinksql.schema.built_in import BuiltIn
from headrace.flinksql.schema.objects import PythonFunction, Table, View
from headrace.flinksql.schema.problems import Problem
from headrace.flinksql.schema.types import FlinkType

RelationKind = Literal["table", "view", "query", "window", "function", "pattern", "values"]


@dataclass(frozen=True, order=True)
class Origin:
    """A column of a table or view that a value comes from."""

    relation: str
    column: str


@dataclass(frozen=True)
class RelationColumn:
    """A column of what stands in FROM, or of a query's result.

    Attributes:
        name: as it is called here.
        type: None if it is not known.
        origins: the columns of tables and views, named in this query, that its value is made of.
        node: the expression that makes it; None where it comes from a table as it is.
        plain: the origin, where the value is that column's, unchanged.
    """

    name: str
    type: FlinkType | None = None
    origins: frozenset[Origin] = frozenset()
    node: exp.Expr | None = None
    plain: Origin | None = None


@dataclass
class Relation:
    """One thing in FROM.

    Attributes:
        name: its alias, or its own name; empty if it has none.
        kind: what it is. A window is a table in TUMBLE, HOP, CUMULATE or SESSION.
        columns: what it offers; `complete` is False where they cannot be known (the table is unknown, say).
        object: the table or view, where it is one (also inside a window).
        node: where it is written.
        query: the resolution of a subquery or CTE (also inside a window).
    """

    name: str
    kind: RelationKind
    columns: tuple[RelationColumn, ...] = ()
    complete: bool = True
    object: Table | View | None = None
    node: exp.Expr | None = None
    query: Resolution | None = None

    def column(self, name: str) -> RelationColumn | None:
        """The column of a name, None if there is none."""
        return next((column for column in self.columns if column.name == name), None)

    def renamed(self, name: str, columns: tuple[str, ...] = ()) -> Relation:
        """The same under an alias, its columns too if names are given."""
        names = (*columns, *(column.name for column in self.columns[len(columns) :]))
        renamed = tuple(replace(column, name=new) for column, new in zip(self.columns, names, strict=False))
        return replace(self, name=name, columns=renamed)


@dataclass(frozen=True)
class Reference:
    """A column that is named in a query, and what it stands for."""

    node: exp.Expr
    relation: Relation
    column: RelationColumn
    type: FlinkType | None


@dataclass(frozen=True)
class Call:
    """A function that is called in a query; `function` is None if there is none of that name."""

    node: exp.Expr
    name: str
    function: BuiltIn | PythonFunction | None


@dataclass
class SelectScope:
    """One SELECT: what stands in its FROM, and what it gives."""

    select: exp.Select
    relations: list[Relation]
    columns: tuple[RelationColumn, ...] = ()


@dataclass
class Resolution:
    """A query with all its names looked up.

    Attributes:
        query: the tree, as it was given.
        columns: of the result, in order.
        complete: False where the result has columns that cannot be known.
        selects: all SELECTs, inner ones first; a UNION has several.
        references: all columns that are named, inner queries included.
        calls: all functions that are called.
        problems: what is wrong.
    """

    query: exp.Expr
    columns: tuple[RelationColumn, ...] = ()
    complete: bool = True
    selects: list[SelectScope] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _types: dict[int, FlinkType | None] = field(default_factory=dict)

    def type_of(self, node: exp.Expr) -> FlinkType | None:
        """The type of an expression of the query; None if it is not known."""
        return self._types.get(id(node))

    def set_type(self, node: exp.Expr, kind: FlinkType | None) -> None:
        """Notes the type of an expression of the query."""
        self._types[id(node)] = kind

    def reference(self, node: exp.Expr) -> Reference | None:
        """What a column in the query stands for; None if it stands for nothing."""
        return next((found for found in self.references if found.node is node), None)

    def scope_of(self, node: exp.Expr) -> SelectScope | None:
        """The innermost SELECT that a node is part of."""
        select = node if isinstance(node, exp.Select) else node.find_ancestor(exp.Select)
        return next((scope for scope in self.selects if scope.select is select), None)
