"""What an INSERT writes to, and what its rows are told apart by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from headrace.flinksql.lint.changes import WINDOW_COLUMNS, is_aggregate
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.source_file import SourceFile
from headrace.flinksql.schema import Column
from headrace.flinksql.schema.relations import Call, SelectScope


def target_columns(query: Query) -> list[Column]:
    """The columns of the table that an INSERT gives values for: those it names, or all that can be written."""
    if query.target is None:
        return []
    if isinstance(query.tree.this, exp.Schema):
        found = [query.target.column(column.name) for column in query.tree.this.expressions]
        return [column for column in found if column is not None]
    return [column for column in query.target.columns if column.writable]


def target_key(query: Query, key: frozenset[str] | None) -> set[str] | None:
    """A key of a query's result by the names of the table's columns; None if there is none."""
    if key is None:
        return None
    names = {
        given.name: target.name for given, target in zip(query.resolution.columns, target_columns(query), strict=False)
    }
    return {names.get(name, name) for name in key}


def told_apart(query: Query) -> set[str]:
    """The columns of the query that the values of the table's primary key are made of."""
    names: set[str] = set()
    key = query.target.primary_key if query.target is not None else ()
    for given, target in zip(query.resolution.columns, target_columns(query), strict=False):
        if target.name in key and given.node is not None:
            names |= {column.name for column in [given.node, *given.node.find_all(exp.Column)]}
    return names


def keys_of(query: Query, scope: SelectScope) -> Iterator[exp.Expr]:
    """What a query has a row for each of: GROUP BY or OVER's PARTITION BY, without the windows' own columns."""
    group = scope.select.args.get("group")
    nodes = list(group.expressions) if group is not None else []
    named = {window.name: window for window in scope.select.args.get("windows") or ()}
    for item in scope.select.expressions if group is None else ():
        for over in item.find_all(exp.Window):
            alias = over.args.get("alias")
            window = named.get(alias.name, over) if alias is not None else over
            nodes = nodes or list(window.args.get("partition_by") or [])
    for node in nodes:
        if isinstance(node, exp.Column) and node.name not in WINDOW_COLUMNS and query.resolution.reference(node):
            yield node


def statement_end(query: Query) -> int:
    """The offset behind the last character of a statement in its file."""
    lines = query.statement.text.rstrip().split("\n")
    line = query.statement.line + len(lines) - 1
    column = len(lines[-1]) + (query.statement.column if len(lines) == 1 else 1)
    return query.file.offset(line, column)


def loose_columns(node: exp.Expr, keys: set[str], over_groups: set[int]) -> Iterator[exp.Column]:
    """The columns of an expression that are in no key and in none of the calls that take a whole group (by id)."""
    if id(node) in over_groups or is_aggregate(node) or isinstance(node, (exp.Query, exp.Subquery, exp.Filter)):
        return
    if node.sql("flink") in keys:
        return
    if isinstance(node, exp.Column):
        if isinstance(node.this, exp.Identifier):
            yield node
        return
    for child in node.iter_expressions():
        yield from loose_columns(child, keys, over_groups)


def window_text(over: exp.Window, named: Mapping[str, exp.Expr]) -> str:
    """A window of OVER as text, the same for equal windows."""
    alias = over.args.get("alias")
    window = named.get(alias.name, over) if alias is not None else over
    parts = [*(window.args.get("partition_by") or []), window.args.get("order"), window.args.get("spec")]
    return " ".join(part.sql("flink") for part in parts if part is not None)


def call_text(call: Call) -> str:
    """A call as text, the same for equal calls: names of functions may be written in capitals or not."""
    node = call.node.copy()
    for function in [each for each in node.walk() if isinstance(each, exp.Anonymous)]:
        function.set("this", function.name.lower())
    return node.sql("flink", normalize_functions="lower")


def sources(project: LintProject) -> list[SourceFile]:
    """The files of catalog/sources/."""
    return list(project.of_kind("sources"))
