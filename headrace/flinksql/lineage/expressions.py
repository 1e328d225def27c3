"""What an expression depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.lineage.influence import Influence, Kind, QueryLineage, Source, composed
from headrace.flinksql.parsing import place
from headrace.flinksql.schema import PythonFunction, Reference, Relation, RelationColumn, Resolution
from headrace.flinksql.schema.built_in import BuiltIn
from headrace.flinksql.schema.names import call_name
from headrace.flinksql.schema.resolver import children

if TYPE_CHECKING:
    from headrace.flinksql.statements import Statement

_JSON_READERS = frozenset({"JSON_VALUE", "JSON_QUERY", "JSON_EXISTS"})


def json_document(node: exp.Expr) -> exp.Expr:
    """What an expression has its JSON fields from: REGEXP_REPLACE takes some text out, the other fields stay."""
    if isinstance(node, exp.Anonymous) and call_name(node) == "REGEXP_REPLACE" and node.expressions:
        return json_document(node.expressions[0])
    return node


class Expressions:
    """The part of the walk that reads expressions.

    Attributes:
        untraced: lines and facts of what could not be followed.
    """

    def __init__(self, statement: Statement, resolution: Resolution) -> None:
        self.statement = statement
        self.untraced: list[tuple[int, str]] = []
        self._references = {id(reference.node): reference for reference in resolution.references}
        self._calls = {id(call.node): call for call in resolution.calls}

    def query(self, node: exp.Expr) -> QueryLineage:
        """What a query depends on."""
        raise NotImplementedError

    def query_of(self, node: exp.Expr | None) -> exp.Expr | None:
        """The query that stands in FROM: a subquery, a common table expression, also in a window; else None."""
        raise NotImplementedError

    def rows_read(self, node: exp.Expr) -> list[Influence]:
        """The tables and views whose rows the SELECT around an expression reads."""
        raise NotImplementedError

    def line(self, node: exp.Expr) -> int:
        """The line of a node in its file."""
        found = place(node, self.statement.text)
        return self.statement.line + (found[0] - 1 if found else 0)

    def explained(self, node: exp.Expr, kind: Kind, text: str = "") -> list[Influence]:
        """What an expression depends on, each with the expression itself and its line."""
        text = text or self.inlined(node).sql("flink")
        line = self.line(node)
        return [replace(each, expression=text, line=line) for each in self.expression(node, kind)]

    def expression(self, node: exp.Expr, kind: Kind = "value") -> list[Influence]:
        """What an expression depends on, when the expression itself has a part of a kind."""
        return [replace(each, kind=composed(kind, each.kind)) for each in self._influences(node)]

    def _influences(self, node: exp.Expr) -> Iterator[Influence]:
        if isinstance(node, exp.Column):
            yield from self._column(node)
        elif isinstance(node, exp.Case):
            yield from self._case(node)
        elif isinstance(node, exp.Window):
            yield from self._over(node)
        elif isinstance(node, exp.Filter):
            yield from self.expression(node.this)
            yield from self.expression(node.expression, "filter")
        elif isinstance(node, exp.Exists):
            # Whether there are rows, whatever is in them.
            yield from self._rows_of(node.this)
        elif isinstance(node, exp.Query):
            yield from self._subquery(node)
        elif isinstance(node, exp.Ordered):
            yield from self.expression(node.this)
        elif isinstance(node, exp.Order):
            yield from (each for item in node.expressions for each in self.expression(item, "order"))
        else:
            yield from self._call(node)

    def _call(self, node: exp.Expr) -> Iterator[Influence]:
        """A function, an operator, or anything else that is made of its parts."""
        parts = list(children(node))
        name = call_name(node).upper()
        field = self._json_field(node, name)
        if field is not None:
            yield field
            return
        call = self._calls.get(id(node))
        if call is not None and isinstance(call.function, PythonFunction):
            yield Influence(Source("function", call.function.name), "value")
        found = [
            each
            for number, part in enumerate(parts)
            for each in self.expression(part, "condition" if name == "IF" and number == 0 else "value")
        ]
        aggregates = call is not None and isinstance(call.function, BuiltIn) and call.function.family == "aggregate"
        yield from found if found or not aggregates else self.rows_read(node)

    def _case(self, node: exp.Case) -> Iterator[Influence]:
        if node.this is not None:
            yield from self.expression(node.this, "condition")
        for branch in node.args["ifs"]:
            yield from self.expression(branch.this, "condition")
            yield from self.expression(branch.args["true"])
        if node.args.get("default") is not None:
            yield from self.expression(node.args["default"])

    def _over(self, node: exp.Window) -> Iterator[Influence]:
        yield from self.expression(node.this)
        window = self._named_window(node)
        for item in window.args.get("partition_by") or ():
            yield from self.expression(item, "group")
        order = window.args.get("order")
        for item in order.expressions if order is not None else ():
            yield from self.expression(item, "window")

    def _named_window(self, node: exp.Window) -> exp.Window:
        """The definition in WINDOW that OVER names; the node itself where it has its own."""
        select = node.find_ancestor(exp.Select)
        named = (select.args.get("windows") or ()) if select is not None and node.alias else ()
        return next((window for window in named if window.this.name == node.alias), node)

    def _subquery(self, node: exp.Expr) -> Iterator[Influence]:
        """A query as a value, or behind IN."""
        yield from (each for column in self.query(node).columns for each in column.influences)
        yield from self._rows_of(node)

    def _rows_of(self, node: exp.Expr) -> Iterator[Influence]:
        """What decides which rows a query within an expression has."""
        for each in self.query(node).rows:
            yield replace(each, kind="filter" if each.kind == "rows" else each.kind)

    def _json_field(self, node: exp.Expr, name: str) -> Influence | None:
        """JSON_VALUE(column, 'path') and its like, over a column of a table or view as it is: a field of its own."""
        if not isinstance(node, fx.JsonCall) or name not in _JSON_READERS or len(node.expressions) < 2:
            return None
        document, path = node.expressions[:2]
        reference = self._references.get(id(json_document(document)))
        if reference is None or reference.column.plain is None or not isinstance(path, exp.Literal):
            return None
        found = self.column(reference.relation, reference.column)
        if len(found) != 1 or found[0].source.kind != "column":
            return None
        text = path.name.removeprefix("lax ").removeprefix("strict ").strip()
        return replace(found[0], source=replace(found[0].source, path=text))

    # Columns.

    def _column(self, node: exp.Column) -> Iterator[Influence]:
        reference = self._references.get(id(node))
        if reference is not None:
            yield from self.column(reference.relation, reference.column)
        else:
            self.untraced.append((self.line(node), f"it is not known what column {node.sql('flink')} stands for"))

    def column(self, relation: Relation, column: RelationColumn) -> list[Influence]:
        """What a column of something in FROM depends on."""
        if relation.object is not None and column.plain is not None:
            return [Influence(Source("column", column.plain.relation, column.plain.column), "value")]
        if isinstance(column.node, fx.WindowFunction):
            return self.time_column(column.node)
        query = self.query_of(relation.node)
        if query is not None:
            names = [each.name for each in relation.columns]
            columns = self.query(query).columns
            index = names.index(column.name)
            return list(columns[index].influences) if index < len(columns) else []
        if column.node is not None:
            return self.expression(column.node)
        if isinstance(relation.node, fx.RowPattern):
            return self._partition_column(relation.node, column)
        return self.function_in_from(relation.node)

    def _partition_column(self, pattern: fx.RowPattern, column: RelationColumn) -> list[Influence]:
        if column.plain is not None:
            return [Influence(Source("column", column.plain.relation, column.plain.column), "value")]
        items = pattern.args.get("partition_by") or ()
        return [each for item in items if item.name == column.name for each in self.expression(item)]

    def time_column(self, window: fx.WindowFunction) -> list[Influence]:
        """What the time of a window depends on."""
        reference = self._references.get(id(window.time_column))
        return self.column(reference.relation, reference.column) if reference else []

    def function_in_from(self, node: exp.Expr | None) -> list[Influence]:
        """What a function in FROM, or UNNEST, depends on."""
        while isinstance(node, (exp.Lateral, fx.TableFunction, exp.Dot)):
            node = node.expression if isinstance(node, exp.Dot) else node.this
        return self.expression(node) if isinstance(node, (exp.Unnest, exp.Func)) else []

    def window_of(self, node: exp.Expr) -> fx.WindowFunction | None:
        """The window whose start, end or time a column is; None if it is another column."""
        reference = self._references.get(id(node))
        made_by = reference.column.node if reference is not None else None
        return made_by if isinstance(made_by, fx.WindowFunction) else None

    # Text.

    def inlined(self, node: exp.Expr) -> exp.Expr:
        """The expression, with each column of a subquery replaced by what makes it."""
        copy = node.copy()
        wanted = (exp.Column, exp.Window)
        pairs = list(zip(node.find_all(*wanted), copy.find_all(*wanted), strict=True))
        for original, copied in pairs:
            if isinstance(original, exp.Window):
                self._write_out(copied, self._named_window(original))
                continue
            made = self._made_by(self._references.get(id(original)), original)
            if made is None:
                continue
            if copied is copy:
                return made
            copied.replace(exp.Paren(this=made) if isinstance(made, (exp.Binary, exp.Not)) else made)
        return copy

    def _write_out(self, copied: exp.Expr, window: exp.Window) -> None:
        """An OVER that names a window says what the window is."""
        if not copied.alias:
            return
        copied.set("alias", None)
        for key in ("partition_by", "order", "spec"):
            part = window.args.get(key)
            copied.set(key, [item.copy() for item in part] if isinstance(part, list) else part and part.copy())

    def _made_by(self, reference: Reference | None, node: exp.Expr) -> exp.Expr | None:
        made = self.made_by(reference.relation, reference.column) if reference is not None else None
        if reference is None or made is None:
            return None
        parts = list(node.parts) if isinstance(node, exp.Column) else []
        qualified = len(parts) > 1 and parts[0].name == reference.relation.name
        if qualified and isinstance(made, exp.Column):
            return None  # `l.item = r.item` says more than `item = item`
        for field in parts[2 if qualified else 1 :]:
            made = exp.Dot(this=made, expression=field.copy())
        return made

    def made_by(self, relation: Relation, column: RelationColumn) -> exp.Expr | None:
        """What makes a column of a subquery or of MATCH_RECOGNIZE; None where it is not one expression."""
        if relation.object is not None:
            return None
        if relation.kind == "pattern":
            return column.node.copy() if column.node is not None else None
        query = self.query_of(relation.node)
        if query is None:
            return None
        columns = self.query(query).columns
        index = [each.name for each in relation.columns].index(column.name)
        made = columns[index].expression if index < len(columns) else None
        return made.copy() if made is not None else None
