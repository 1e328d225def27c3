"""Looks up every name of a query: what stands in FROM, each column, each function; and works out types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema import expression_types as types
from headrace.flinksql.schema.from_clause import FromClause
from headrace.flinksql.schema.names import call_name, expression_name
from headrace.flinksql.schema.problems import Problem
from headrace.flinksql.schema.relations import (
    Call,
    Origin,
    Reference,
    Relation,
    RelationColumn,
    Resolution,
    SelectScope,
)
from headrace.flinksql.schema.types import FlinkType, common_type
from headrace.names import likely_name, listed

if TYPE_CHECKING:
    from headrace.flinksql.schema.project_schema import ProjectSchema

_PREDICATES = (
    exp.Predicate, exp.Not, exp.And, exp.Or, exp.In, exp.Between, exp.Is, exp.Exists, exp.EQ, fx.RLike,
)  # fmt: skip
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod)
# A call that only decides how its argument is computed.
_WRAPPERS = (
    exp.Paren, exp.Window, exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls, exp.Distinct, exp.Neg,
    fx.RunningFinal, fx.WithinDistinct, fx.PostfixWord, fx.PrefixWord,
)  # fmt: skip


class Resolver(FromClause):
    """Resolves one query; what it finds is in `resolution`."""

    def __init__(self, schema: ProjectSchema, query: exp.Expr) -> None:
        super().__init__()
        self.schema = schema
        self.resolution = Resolution(query)

    def resolve(self) -> Resolution:
        """Looks up all names of the query."""
        found = self.query(self.resolution.query, {}, [])
        self.resolution.columns, self.resolution.complete = found.columns, found.complete
        return self.resolution

    def resolve_expression(self, node: exp.Expr, relation: Relation) -> FlinkType | None:
        """The type of an expression over one relation, a computed column say."""
        return self.visit(node, [[relation]])

    # Queries.

    def query(self, node: exp.Expr, ctes: Mapping[str, Relation], outer: list[list[Relation]]) -> Relation:
        """The result of a query, as a relation without a name."""
        ctes = {**ctes, **self._common_tables(node, ctes, outer)}
        if isinstance(node, exp.Subquery):
            return self.query(node.this, ctes, outer)
        if isinstance(node, exp.Select):
            return self._select(node, ctes, outer)
        if isinstance(node, exp.SetOperation):
            return self._set_operation(node, ctes, outer)
        if isinstance(node, exp.Values):
            return self.values(node, outer)
        if isinstance(node, fx.ExplicitTable):
            return self.relation(node.this, ctes, outer)
        return Relation("", "query", complete=False, node=node)

    def _common_tables(
        self, node: exp.Expr, ctes: Mapping[str, Relation], outer: list[list[Relation]]
    ) -> dict[str, Relation]:
        found: dict[str, Relation] = {}
        with_ = node.args.get("with_") or node.args.get("with")
        for cte in with_.expressions if with_ else ():
            alias = cte.args["alias"]
            columns = tuple(column.name for column in alias.args.get("columns") or ())
            found[cte.alias] = self.query(cte.this, {**ctes, **found}, outer).renamed(cte.alias, columns)
        return found

    def _set_operation(
        self, node: exp.SetOperation, ctes: Mapping[str, Relation], outer: list[list[Relation]]
    ) -> Relation:
        left = self.query(node.this, ctes, outer)
        right = self.query(node.expression, ctes, outer)
        if not (left.complete and right.complete):
            return replace(left, complete=False)
        if len(left.columns) != len(right.columns):
            self.problem(
                "union",
                node.expression,
                f"one side of {node.key.upper()} has {len(left.columns)} columns, the other {len(right.columns)}",
                "Give both the same columns, in the same order.",
            )
        union_all = isinstance(node, exp.Union) and node.args.get("distinct") is False
        columns = tuple(
            RelationColumn(one.name, _of_both(one, other, union_all), one.origins | other.origins, one.node)
            for one, other in zip(left.columns, right.columns, strict=False)
        )
        return Relation("", "query", columns, node=node)

    def _select(self, node: exp.Select, ctes: Mapping[str, Relation], outer: list[list[Relation]]) -> Relation:
        scope = SelectScope(node, [])
        levels = [scope.relations, *outer]
        for item in self.from_items(node):
            self.add(item, scope.relations, ctes, outer)
        columns, complete = self._projections(node, levels, ctes)
        aliases = Relation("", "query", columns, node=node)
        for key in ("where", "group", "having", "qualify", "windows"):
            self._visit_all(node.args.get(key), levels)
        for key in ("order", "limit", "offset", "distinct"):
            self._visit_all(node.args.get(key), [[aliases], *levels])
        scope.columns = columns
        self.resolution.selects.append(scope)
        return Relation("", "query", columns, complete, node=node)

    def _projections(
        self, node: exp.Select, levels: list[list[Relation]], ctes: Mapping[str, Relation]
    ) -> tuple[tuple[RelationColumn, ...], bool]:
        columns: list[RelationColumn] = []
        complete = True
        for number, item in enumerate(node.expressions):
            if _is_star(item):
                found, all_known = self._star(item, levels[0])
                columns += found
                complete = complete and all_known
                continue
            expression = item.this if isinstance(item, exp.Alias) else item
            first = len(self.resolution.references)
            kind = self.visit(expression, levels, ctes)
            references = self.resolution.references[first:]
            origins = frozenset(origin for reference in references for origin in reference.column.origins)
            name = item.alias if isinstance(item, exp.Alias) else expression_name(expression) or f"EXPR${number}"
            plain = references[0].column.plain if references and references[0].node is expression else None
            if plain and references[0].type is not references[0].column.type:
                plain = None
            columns.append(RelationColumn(name, kind, origins, expression, plain))
        return tuple(columns), complete

    def _star(self, node: exp.Expr, relations: list[Relation]) -> tuple[list[RelationColumn], bool]:
        table = node.args.get("table") if isinstance(node, exp.Column) else None
        chosen = [relation for relation in relations if table is None or relation.name == table.name]
        if not chosen and table is not None:
            self._unknown_relation(table, relations)
        columns = [column for relation in chosen for column in relation.columns]
        return columns, bool(chosen) and all(relation.complete for relation in chosen)

    # Expressions.

    def visit(
        self, node: exp.Expr, levels: list[list[Relation]], ctes: Mapping[str, Relation] | None = None
    ) -> FlinkType | None:
        """Looks up the names of an expression and returns its type; None if that is not known."""
        kind = self._type(node, levels, ctes or {})
        self.resolution.set_type(node, kind)
        return kind

    def _visit_all(self, node: object, levels: list[list[Relation]]) -> None:
        for item in node if isinstance(node, list) else [node]:
            if isinstance(item, exp.Expr):
                self.visit(item, levels)

    def _type(self, node: exp.Expr, levels: list[list[Relation]], ctes: Mapping[str, Relation]) -> FlinkType | None:
        if isinstance(node, exp.Column):
            return self._column(node, levels)
        if isinstance(node, (exp.Query, exp.Subquery)):
            found = self.query(node, ctes, levels)
            return found.columns[0].type if found.columns else None
        literal = types.literal_type(node)
        if literal is not None:
            return literal
        if isinstance(node, exp.Dot):
            return self._dot(node, levels, ctes)
        if isinstance(node, (fx.TableArgument, fx.ModelArgument, fx.Descriptor)):
            return None
        parts = [self.visit(child, levels, ctes) for child in children(node)]
        return self._composed(node, parts)

    def _composed(self, node: exp.Expr, parts: list[FlinkType | None]) -> FlinkType | None:
        """The type of a node, from those of its children."""
        if isinstance(node, fx.TypedLiteral):
            return types.typed_literal_type(node)
        if isinstance(node, exp.Cast):
            return types.declared_type(node.args["to"])
        if isinstance(node, exp.Case):
            results = [branch.args["true"] for branch in node.args["ifs"]]
            results += [node.args["default"]] if node.args.get("default") is not None else []
            return common_type([self.resolution.type_of(result) for result in results])
        if isinstance(node, exp.If):
            return parts[1] if len(parts) > 1 else None
        if isinstance(node, exp.DPipe):
            return FlinkType("STRING")
        if isinstance(node, _ARITHMETIC) and len(parts) == 2:
            return types.arithmetic_type(node, *parts)
        if isinstance(node, exp.Bracket):
            return types.element_type(parts[0])
        if isinstance(node, _WRAPPERS):
            return parts[0] if parts else None
        if isinstance(node, (exp.Array, fx.MapConstructor, fx.RowConstructor, exp.Tuple)):
            return types.constructed_type(node, parts)
        if isinstance(node, _PREDICATES):
            return types.BOOLEAN
        name = call_name(node)
        return self._call(node, name, parts) if name else None

    def _call(self, node: exp.Expr, name: str, parts: list[FlinkType | None]) -> FlinkType | None:
        function = self.schema.function(name)
        self.resolution.calls.append(Call(node, name, function))
        if function is None and name in self.schema.unread:
            return None
        if function is None:
            names = self.schema.function_names()
            likely = likely_name(name, names)
            self.problem(
                "function",
                node,
                f"there is no function {name}",
                f"Did you mean {likely}?"
                if likely
                else "Flink's own functions and those of catalog/functions/ are known. Create it there with CREATE "
                "FUNCTION, or write another one.",
                likely,
            )
            return None
        returning = types.declared_type(node.args.get("returning")) if isinstance(node, fx.JsonCall) else None
        if returning is not None:
            return returning
        if name.upper() == "PROCTIME":
            return FlinkType("TIMESTAMP_LTZ", (3,), time="proctime")
        return self.schema.result_type(function, parts)

    def _dot(self, node: exp.Dot, levels: list[list[Relation]], ctes: Mapping[str, Relation]) -> FlinkType | None:
        if isinstance(node.expression, exp.Identifier):
            kind = self.visit(node.this, levels, ctes)
            return self._field(kind, node.expression)
        # A function of a catalog: `catalog`.`database`.f(…)
        return self.visit(node.expression, levels, ctes)

    # Columns.

    def _column(self, node: exp.Column, levels: list[list[Relation]]) -> FlinkType | None:
        parts = [part for part in node.parts if isinstance(part, exp.Identifier)]
        if not parts:
            return None
        found = self._find(parts, levels)
        if found is None:
            return None
        relation, column, rest = found
        kind = column.type
        for part in rest:
            kind = self._field(kind, part)
        self.resolution.references.append(Reference(node, relation, column, kind))
        return kind

    def _find(
        self, parts: list[exp.Identifier], levels: list[list[Relation]]
    ) -> tuple[Relation, RelationColumn, list[exp.Identifier]] | None:
        """The relation and column that a path begins with, and the rest of the path: fields of a ROW."""
        first = parts[0].name
        for relations in levels:
            if len(parts) > 1:
                named = next((relation for relation in relations if relation.name == first), None)
                if named is not None:
                    column = named.column(parts[1].name)
                    if column is not None:
                        return named, column, parts[2:]
                    if named.complete:
                        self._unknown_column(parts[1], [named])
                    return None
            matches = [(relation, column) for relation in relations if (column := relation.column(first)) is not None]
            if len(matches) > 1 and not self.merged(first, relations):
                names = [relation.name for relation, _ in matches]
                self.problem(
                    "ambiguous",
                    parts[0],
                    f"column {first} is in {' and in '.join(names)}",
                    f"Write which one is meant: {names[0]}.{first}.",
                )
            if matches:
                return *matches[0], parts[1:]
            if any(not relation.complete for relation in relations):
                return None
        if len(parts) > 1 and not any(relation.column(first) for relation in levels[0]):
            self._unknown_relation(parts[0], levels[0])
        else:
            self._unknown_column(parts[0], levels[0])
        return None

    def _field(self, kind: FlinkType | None, name: exp.Identifier) -> FlinkType | None:
        if kind is None or kind.root != "ROW":
            if kind is not None and kind.root not in {"RAW", "VARIANT"}:
                self.problem("column", name, f"{name.name} is asked of a {kind}, which has no fields", "Leave it out.")
            return None
        found = kind.field(name.name)
        if found is None:
            fields = [field for field, _ in kind.fields]
            likely = likely_name(name.name, fields)
            self.problem("column", name, f"there is no field {name.name}", _choice(likely, "fields", fields), likely)
        return found

    def _unknown_column(self, name: exp.Identifier, relations: list[Relation]) -> None:
        known = [column.name for relation in relations for column in relation.columns]
        where = " or ".join(relation.name or "the subquery" for relation in relations) or "a query without FROM"
        likely = likely_name(name.name, known)
        remedy = _choice(likely, "columns", known) if known else "Name a table in FROM."
        self.problem("column", name, f"there is no column {name.name} in {where}", remedy, likely)

    def _unknown_relation(self, name: exp.Identifier, relations: list[Relation]) -> None:
        known = [relation.name for relation in relations if relation.name]
        likely = likely_name(name.name, known)
        self.problem(
            "column",
            name,
            f"{name.name} is neither a table of this FROM nor a column in it",
            _choice(likely, "tables", known),
            likely,
        )

    def problem(self, kind: str, node: exp.Expr, fact: str, remedy: str, replacement: str = "") -> None:
        """Adds a problem."""
        self.resolution.problems.append(Problem(kind, node, fact, remedy, replacement))  # type: ignore[arg-type]


def children(node: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of an expression that are values: not the names, types and units in it."""
    for key, value in node.args.items():
        if key in {"to", "alias", "returning", "kind"} or (key == "this" and isinstance(node, exp.Extract)):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, exp.Expr) and not isinstance(
                item, (exp.Identifier, exp.DataType, exp.Var, exp.Star, exp.TableAlias, exp.Hint)
            ):
                yield item


def _is_star(node: exp.Expr) -> bool:
    return isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star))


def _choice(likely: str, what: str, known: list[str]) -> str:
    if likely:
        return f"Did you mean {likely}?"
    return f"The {what} are {listed(known)}." if known else f"There are no {what}."


__all__ = ["Origin", "Resolver", "children"]


def _of_both(one: RelationColumn, other: RelationColumn, union_all: bool) -> FlinkType | None:
    """The type of a column of two sides; it stays a time attribute where all rows of both go on as they come."""
    kind = common_type([one.type, other.type])
    if union_all and kind and one.type and other.type and one.type.time == other.type.time:
        return kind.as_time(one.type.time)
    return kind
