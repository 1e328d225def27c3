"""What stands in FROM: tables, views, subqueries, windows, functions, patterns; and the columns of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema.names import call_name, table_name
from headrace.flinksql.schema.objects import PythonFunction
from headrace.flinksql.schema.relations import Call, Origin, Reference, Relation, RelationColumn, Resolution
from headrace.flinksql.schema.types import FlinkType, common_type
from headrace.names import likely_name

if TYPE_CHECKING:
    from headrace.flinksql.schema.project_schema import ProjectSchema

Levels = list[list[Relation]]
# What gives rows when it stands in parentheses; anything else there is a table with joins.
_RESULTS = (exp.Query, exp.Values, fx.ExplicitTable)
_WINDOW_BOUND = FlinkType("TIMESTAMP", (3,))


class FromClause:
    """The part of the resolver that reads FROM."""

    schema: ProjectSchema
    resolution: Resolution

    def __init__(self) -> None:
        self._merged: set[tuple[int, str]] = set()

    def query(self, node: exp.Expr, ctes: Mapping[str, Relation], outer: Levels) -> Relation:
        """The result of a query, as a relation without a name."""
        raise NotImplementedError

    def visit(self, node: exp.Expr, levels: Levels, ctes: Mapping[str, Relation] | None = None) -> FlinkType | None:
        """Looks up the names of an expression."""
        raise NotImplementedError

    def problem(self, kind: str, node: exp.Expr, fact: str, remedy: str, replacement: str = "") -> None:
        """Adds a problem."""
        raise NotImplementedError

    def from_items(self, select: exp.Select) -> Iterator[exp.Expr]:
        """The tables of FROM and the joins, in their order."""
        from_ = select.args.get("from_") or select.args.get("from")
        if from_ is not None:
            yield from_.this
        yield from select.args.get("joins") or ()
        yield from select.args.get("laterals") or ()

    def add(self, node: exp.Expr, relations: list[Relation], ctes: Mapping[str, Relation], outer: Levels) -> None:
        """Adds to a FROM what a table or a join brings; conditions are looked up at once."""
        levels = [relations, *outer]
        if isinstance(node, exp.Join):
            self.add(node.this, relations, ctes, outer)
            using = [name.name for name in node.args.get("using") or ()]
            if str(node.args.get("method") or "").upper() == "NATURAL":
                using = [column.name for relation in relations[:-1] for column in relation.columns]
            self._merged |= {(id(relations), name) for name in using}
            if node.args.get("on") is not None:
                self.visit(node.args["on"], levels)
            return
        if _joins_in_parentheses(node):
            self.add(node.this, relations, ctes, outer)
        else:
            relations.append(self.relation(node, ctes, levels))
        for join in node.args.get("joins") or ():
            self.add(join, relations, ctes, outer)

    def merged(self, name: str, relations: list[Relation]) -> bool:
        """Whether a column of several tables is one, by USING or NATURAL."""
        return (id(relations), name) in self._merged

    def relation(self, node: exp.Expr, ctes: Mapping[str, Relation], levels: Levels) -> Relation:
        """What one table, subquery or function offers, under its alias."""
        found = self._relation(node, ctes, levels)
        version = node.args.get("version")
        if version is not None:
            self.visit(version.expression, levels)
        alias = node.args.get("alias")
        if isinstance(alias, exp.TableAlias) and alias.this is not None:
            found = found.renamed(alias.name, tuple(column.name for column in alias.args.get("columns") or ()))
        found.node = node
        return found

    def _relation(self, node: exp.Expr, ctes: Mapping[str, Relation], levels: Levels) -> Relation:
        if isinstance(node, exp.Lateral):
            # Its query sees the tables before it.
            within = [[], *levels] if isinstance(node.this, exp.Subquery) else levels
            return self.relation(node.this, ctes, within)
        if isinstance(node, exp.Subquery):
            inner = self.query(node.this, ctes, levels[1:] if levels else [])
            return replace(inner, name="", kind="query")
        if isinstance(node, fx.TableFunction):
            return self._function(node, ctes, levels)
        if isinstance(node, exp.Unnest):
            return self._unnest(node, levels)
        if isinstance(node, exp.Values):
            return self.values(node, levels)
        if isinstance(node, fx.RowPattern):
            return self._pattern(node, ctes, levels)
        if isinstance(node, fx.ExtendedTable):
            return replace(self._relation(node.this, ctes, levels), complete=False)
        if isinstance(node, exp.Table):
            return self._table(node, ctes)
        return Relation(node.alias_or_name, "query", complete=False)

    def _table(self, node: exp.Table, ctes: Mapping[str, Relation]) -> Relation:
        name = table_name(node)
        if name in ctes and not node.args.get("db"):
            return replace(ctes[name], node=node)
        found = self.schema.relation(name)
        if found is None and name in self.schema.unread:
            return Relation(name, "table", complete=False, node=node)
        if found is None:
            known = self.schema.relation_names()
            likely = likely_name(name, known)
            self.problem(
                "table",
                node.this if isinstance(node.this, exp.Expr) else node,
                f"there is no table or view {name}",
                f"Did you mean {likely}?"
                if likely
                else "Create it in a file of catalog/sources/ (a topic), catalog/features/ or catalog/views/.",
                likely,
            )
            return Relation(name, "table", complete=False, node=node)
        columns = self.schema.columns_of(name)
        return Relation(
            name,
            "table",
            tuple(RelationColumn(c.name, c.type, frozenset({Origin(name, c.name)}), None, Origin(name, c.name))
                  for c in columns.columns),
            columns.complete,
            found,
            node,
        )  # fmt: skip

    # Functions.

    def _function(self, node: fx.TableFunction, ctes: Mapping[str, Relation], levels: Levels) -> Relation:
        call = node.this
        if isinstance(call, fx.WindowFunction):
            return self._window(call, ctes, levels)
        while isinstance(call, exp.Dot):
            call = call.expression
        for argument in call.expressions:
            if not isinstance(argument, (fx.TableArgument, exp.Kwarg)):
                self.visit(argument, levels, ctes)
        name = call_name(call)
        function = self.schema.function(name)
        self.resolution.calls.append(Call(call, name, function))
        if function is None and name not in self.schema.unread:
            likely = likely_name(name, self.schema.function_names())
            remedy = f"Did you mean {likely}?" if likely else "Create it in catalog/functions/."
            self.problem("function", call, f"there is no function {name}", remedy, likely)
        if not isinstance(function, PythonFunction) or function.result is None:
            return Relation(name, "function", complete=False)
        fields = function.result.fields or (("f0", function.result),)
        return Relation(name, "function", tuple(RelationColumn(field, kind) for field, kind in fields))

    def _window(self, call: fx.WindowFunction, ctes: Mapping[str, Relation], levels: Levels) -> Relation:
        """TUMBLE, HOP, CUMULATE, SESSION: the table's columns, and window_start, window_end, window_time."""
        data = call.table
        if data is None:
            return Relation("", "window", complete=False)
        inner = self.relation(data, ctes, levels)
        scope = [[inner]]
        for item in call.partition_by:
            self.visit(item, scope)
        column = call.time_column
        time: FlinkType | None = None
        if isinstance(column, exp.Identifier):
            time = self._descriptor(column, inner)
        kind = FlinkType(time.root, (3,), time=time.time or "rowtime") if time else None
        origins = frozenset({Origin(inner.name, column.name)}) if column is not None and inner.object else frozenset()
        bounds = tuple(
            RelationColumn(name, bound, origins, call)
            for name, bound in (("window_start", _WINDOW_BOUND), ("window_end", _WINDOW_BOUND), ("window_time", kind))
        )
        return replace(inner, name=inner.name, kind="window", columns=(*inner.columns, *bounds))

    def _descriptor(self, column: exp.Identifier, inner: Relation) -> FlinkType | None:
        found = inner.column(column.name)
        if found is not None:
            self.resolution.references.append(Reference(column, inner, found, found.type))
            self.resolution.set_type(column, found.type)
            return found.type
        if inner.complete:
            known = [each.name for each in inner.columns]
            likely = likely_name(column.name, known)
            times = [each.name for each in inner.columns if each.type is not None and each.type.time]
            remedy = f"Did you mean {likely}?" if likely else f"Time columns are {', '.join(times) or 'missing there'}."
            self.problem("column", column, f"there is no column {column.name} in {inner.name}", remedy, likely)
        return None

    def _unnest(self, node: exp.Unnest, levels: Levels) -> Relation:
        kinds = [self.visit(item, levels) for item in node.expressions]
        kind = kinds[0] if len(kinds) == 1 else None
        if kind is None or not kind.elements:
            return Relation("", "function", complete=False)
        element = kind.elements[0]
        if kind.root == "MAP":
            fields: tuple[tuple[str, FlinkType], ...] = tuple(zip(("KEY", "VALUE"), kind.elements, strict=False))
        else:
            fields = element.fields or (("EXPR$0", element),)
        if node.args.get("offset"):
            fields = (*fields, ("ORDINALITY", FlinkType("INT")))
        origins = frozenset(o for item in node.expressions for o in self._origins(item))
        return Relation("", "function", tuple(RelationColumn(name, each, origins) for name, each in fields))

    def _origins(self, node: exp.Expr) -> frozenset[Origin]:
        columns = [self.resolution.reference(column) for column in node.find_all(exp.Column)]
        return frozenset(origin for found in columns if found for origin in found.column.origins)

    def values(self, node: exp.Values, levels: Levels) -> Relation:
        """VALUES (…), (…)."""
        rows = [
            row.expressions if isinstance(row, (exp.Tuple, fx.RowConstructor)) else [row] for row in node.expressions
        ]
        kinds = [[self.visit(item, levels) for item in row] for row in rows]
        width = max((len(row) for row in rows), default=0)
        columns = tuple(
            RelationColumn(f"EXPR${number}", common_type([row[number] for row in kinds if number < len(row)]))
            for number in range(width)
        )
        return Relation("", "values", columns, node=node)

    # MATCH_RECOGNIZE.

    def _pattern(self, node: fx.RowPattern, ctes: Mapping[str, Relation], levels: Levels) -> Relation:
        inner = self.relation(node.this, ctes, levels)
        pattern = node.args.get("pattern")
        variables = {name.name for name in pattern.find_all(exp.Identifier)} if pattern is not None else set()
        scope = [[inner], [inner.renamed(name) for name in sorted(variables)]]
        partition = node.args.get("partition_by") or []
        for item in [*partition, *([node.args["order"]] if node.args.get("order") else [])]:
            self.visit(item, scope)
        columns = [found for item in partition if (found := inner.column(item.name)) is not None]
        for definition in node.args.get("define") or ():
            self.visit(definition.this, scope)
        for measure in node.args.get("measures") or ():
            first = len(self.resolution.references)
            kind = self.visit(measure.this, scope)
            references = self.resolution.references[first:]
            origins = frozenset(origin for reference in references for origin in reference.column.origins)
            columns.append(RelationColumn(measure.alias, kind, origins, measure.this))
        rows = node.args.get("rows")
        if rows is not None and rows.name.upper().startswith("ALL"):
            columns = [*inner.columns, *columns[len(partition) :]]
        return Relation("", "pattern", tuple(columns), inner.complete, None, node)


def _joins_in_parentheses(node: exp.Expr) -> bool:
    return isinstance(node, exp.Subquery) and not isinstance(node.this, (exp.Query, exp.Values, fx.ExplicitTable))
