"""How things in a tree are called."""

from __future__ import annotations

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx


def call_name(node: exp.Expr) -> str:
    """The name of the function that a node calls, as it is written; empty if it calls none.

    >>> import sqlglot
    >>> import headrace.flinksql.dialect
    >>> [call_name(node) for node in sqlglot.parse_one("SELECT f(a), Count(*), 1", dialect="flink").expressions]
    ['f', 'Count', '']
    """
    if isinstance(node, (exp.Case, exp.If, exp.Cast, exp.Connector, exp.Array, exp.Binary)):
        return ""
    if isinstance(node, (fx.MapConstructor, fx.RowConstructor, fx.MultisetConstructor, fx.PeriodConstructor)):
        return ""
    if isinstance(node, (exp.Anonymous, fx.ContextVariable, fx.KeywordCall, fx.JsonCall, fx.WindowFunction)):
        name = node.this
        return name.name if isinstance(name, exp.Expr) else str(name)
    if isinstance(node, exp.Func):
        return str(node.meta.get("flink_name") or _CLASS_NAMES.get(type(node)) or node.sql_name())
    return ""


_CLASS_NAMES: dict[type[exp.Expr], str] = {exp.VariancePop: "VAR_POP", exp.Variance: "VAR_SAMP"}


def table_name(node: exp.Expr | None) -> str:
    """The last part of a table's name; empty where there is none."""
    if isinstance(node, exp.Schema):
        node = node.this
    while node is not None and not isinstance(node, (exp.Table, exp.Identifier)):
        inner = node.args.get("this")
        node = inner if isinstance(inner, exp.Expr) else None
    return node.name if node is not None else ""


def expression_name(node: exp.Expr) -> str:
    """What a column is called that an expression without AS makes; empty where Flink makes up a name."""
    if isinstance(node, exp.Column):
        return node.name
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Identifier) and node.find(exp.Bracket) is None:
        return node.expression.name
    return ""
