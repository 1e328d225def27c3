"""What a query depends on: its SELECTs, FROMs, windows, joins and set operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.lineage.expressions import Expressions
from headrace.flinksql.lineage.influence import Influence, Kind, QueryLineage, ResultColumn, Source, distinct
from headrace.flinksql.schema import ProjectSchema, RelationColumn, Resolution
from headrace.flinksql.schema.from_clause import FromClause
from headrace.flinksql.schema.names import call_name, expression_name, table_name
from headrace.flinksql.schema.resolver import children
from headrace.flinksql.statements import Statement

_GROUP_WINDOWS = frozenset({"TUMBLE", "HOP", "SESSION"})


class QueryWalk(Expressions):
    """Follows one query, whose names have been looked up, down to the tables and views that it names."""

    def __init__(self, schema: ProjectSchema, statement: Statement, resolution: Resolution) -> None:
        super().__init__(statement, resolution)
        self._schema = schema
        self._scopes = {id(scope.select): scope for scope in resolution.selects}
        self._queries: dict[int, QueryLineage] = {}
        self._rows_read: dict[int, list[Influence]] = {}

    def query(self, node: exp.Expr) -> QueryLineage:
        """What a query depends on."""
        if id(node) not in self._queries:
            self._queries[id(node)] = self._query(node)
        return self._queries[id(node)]

    def _query(self, node: exp.Expr) -> QueryLineage:
        if isinstance(node, exp.Subquery):
            return self.query(node.this)
        if isinstance(node, exp.Select):
            return self._select(node)
        if isinstance(node, exp.SetOperation):
            return self._set_operation(node)
        if isinstance(node, exp.Values):
            width = max((len(row.expressions) or 1 for row in node.expressions), default=0)
            return QueryLineage(tuple(ResultColumn(f"EXPR${number}", ()) for number in range(width)), ())
        if isinstance(node, fx.ExplicitTable):
            return self._whole_table(node.this)
        self.untraced.append((self.line(node), f"{node.key.upper()} is not followed"))
        return QueryLineage((), ())

    def _whole_table(self, node: exp.Expr) -> QueryLineage:
        name = table_name(node)
        columns = tuple(
            ResultColumn(
                column.name,
                (Influence(Source("column", name, column.name), "value", column.name, self.line(node)),),
                exp.column(column.name),
                is_copy=True,
            )
            for column in self._schema.columns_of(name).columns
        )
        return QueryLineage(columns, tuple(self._from(node)))

    def _set_operation(self, node: exp.SetOperation) -> QueryLineage:
        left, right = self.query(node.this), self.query(node.expression)
        rows = [*left.rows, *right.rows]
        word = node.key.upper()
        united = isinstance(node, exp.Union)
        columns = tuple(
            ResultColumn(one.name, distinct([*one.influences, *(other.influences if united else ())]))
            for one, other in zip(left.columns, right.columns, strict=False)
        )
        if not united or node.args.get("distinct"):
            kind: Kind = "group" if united else "filter"
            compared = [*left.columns, *right.columns]
            rows += [replace(each, kind=kind, expression=word) for column in compared for each in column.influences]
        return QueryLineage(columns, distinct(rows))

    def _select(self, node: exp.Select) -> QueryLineage:
        rows = [each for item in FromClause().from_items(node) for each in self._from(item)]
        self._rows_read[id(node)] = [replace(each, kind="value") for each in rows if each.kind == "rows"]
        columns = tuple(self._projections(node))
        # ORDER BY may name a column of the result.
        self._queries[id(node)] = QueryLineage(columns, ())
        rows += self._conjuncts(node.args.get("where"))
        rows += self._groups(node.args.get("group"))
        rows += self._conjuncts(node.args.get("having"))
        rows += self._conjuncts(node.args.get("qualify"))
        if node.args.get("distinct") is not None:
            rows += [
                replace(each, kind="group", expression="DISTINCT") for column in columns for each in column.influences
            ]
        if node.args.get("order") is not None and node.args.get("limit") is not None:
            rows += [each for item in node.args["order"].expressions for each in self.explained(item, "order")]
        return QueryLineage(columns, distinct(rows))

    def _projections(self, node: exp.Select) -> Iterator[ResultColumn]:
        for number, item in enumerate(node.expressions):
            expression = item.this if isinstance(item, exp.Alias) else item
            if isinstance(expression, exp.Star) or _is_star_of_table(expression):
                yield from self._star(node, expression)
                continue
            yield ResultColumn(
                item.alias if isinstance(item, exp.Alias) else expression_name(expression) or f"EXPR${number}",
                distinct(self.explained(expression, "value")),
                self.inlined(expression),
                is_copy=isinstance(expression, exp.Column) and self._is_copy(expression),
            )

    def _is_copy(self, node: exp.Column) -> bool:
        reference = self._references.get(id(node))
        return reference is not None and reference.column.plain is not None

    def _star(self, select: exp.Select, node: exp.Expr) -> Iterator[ResultColumn]:
        table = node.args.get("table") if isinstance(node, exp.Column) else None
        for relation in self._scopes[id(select)].relations:
            if table is not None and relation.name != table.name:
                continue
            if not relation.complete:
                name = relation.name or "a subquery"
                self.untraced.append((self.line(select), f"the columns of {name} are not known, so * is not followed"))
            for column in relation.columns:
                made = self.made_by(relation, column) or exp.column(column.name)
                found = [replace(each, expression=made.sql("flink"), line=self.line(select))
                         for each in self.column(relation, column)]  # fmt: skip
                yield ResultColumn(column.name, distinct(found), made, column.plain is not None)

    # Rows.

    def rows_read(self, node: exp.Expr) -> list[Influence]:
        """The tables and views whose rows the SELECT around an expression reads."""
        select = node.find_ancestor(exp.Select)
        return self._rows_read.get(id(select), [])

    def _conjuncts(self, node: exp.Expr | None) -> list[Influence]:
        """A condition's parts that must all hold, each for itself."""
        if node is None:
            return []
        return [each for part in _conjuncts(node.this) for each in self.explained(part, "filter")]

    def _groups(self, node: exp.Expr | None) -> Iterator[Influence]:
        for item in children(node) if node is not None else ():
            if call_name(item).upper() in _GROUP_WINDOWS:
                yield from self.explained(item, "window")
            elif self.window_of(item) is None:  # the window itself is told already
                yield from self.explained(item, "group")

    def _from(self, node: exp.Expr, word: str = "FROM") -> Iterator[Influence]:
        """What decides which rows something in FROM brings."""
        if isinstance(node, exp.Join):
            yield from self._join(node)
            return
        yield from self._item(node, word)
        for join in node.args.get("joins") or ():
            yield from self._join(join)

    def _item(self, node: exp.Expr, word: str) -> Iterator[Influence]:
        query = self.query_of(node) if not isinstance(node, fx.TableFunction) else None
        if query is not None:
            yield from self.query(query).rows
        elif isinstance(node, exp.Lateral):
            yield from self._item(node.this, word)
        elif isinstance(node, fx.TableFunction) and isinstance(node.this, fx.WindowFunction):
            yield from self._window(node.this)
        elif isinstance(node, (fx.TableFunction, exp.Unnest)):
            yield from self._function(node)
        elif isinstance(node, fx.RowPattern):
            yield from self._pattern(node)
        elif isinstance(node, (exp.Subquery, fx.ExtendedTable)):
            yield from self._from(node.this, word)
        elif isinstance(node, exp.Table):
            yield Influence(Source("rows", table_name(node)), "rows", word, self.line(node))
        elif not isinstance(node, exp.Values):
            self.untraced.append((self.line(node), f"{node.sql('flink')} is not followed"))

    def _join(self, node: exp.Join) -> Iterator[Influence]:
        version = node.this.args.get("version")
        kind = " ".join(str(node.args[key]).upper() for key in ("method", "side", "kind") if node.args.get(key))
        word = f"{kind} JOIN".strip()
        if version is not None:
            word = f"{word} FOR SYSTEM_TIME AS OF {version.expression.sql('flink')}"
        yield from self._from(node.this, word)
        if version is not None:
            yield from self.explained(version.expression, "join", word)
        for part in _conjuncts(node.args["on"]) if node.args.get("on") is not None else ():
            yield from self.explained(part, "join")
        for name in node.args.get("using") or ():
            yield from self._using(node, name.name)

    def _using(self, node: exp.Join, name: str) -> Iterator[Influence]:
        select = node.find_ancestor(exp.Select)
        scope = self._scopes.get(id(select))
        for relation in scope.relations if scope else ():
            column: RelationColumn | None = relation.column(name)
            for each in self.column(relation, column) if column is not None else ():
                yield replace(each, kind="join", expression=f"USING ({name})", line=self.line(node))

    def _window(self, call: fx.WindowFunction) -> Iterator[Influence]:
        if call.table is not None:
            yield from self._from(call.table)
        text = window_text(call)
        line = self.line(call)
        for each in self.time_column(call):
            yield replace(each, kind="window", expression=text, line=line)
        for item in call.partition_by:
            yield from self.explained(item, "group")

    def _function(self, node: exp.Expr) -> Iterator[Influence]:
        call = node.this if isinstance(node, fx.TableFunction) else node
        name = call_name(call)
        text = call.sql("flink")
        for argument in call.expressions:
            if isinstance(argument, fx.TableArgument):
                yield from self._from(argument.this)
        for each in self.function_in_from(node):
            yield replace(each, kind="join", expression=text, line=self.line(call))
        if isinstance(node, fx.TableFunction) and self._schema.function(name) is None:
            self.untraced.append((self.line(call), f"the function {name} is not known"))
        elif any(isinstance(argument, (fx.TableArgument, fx.ModelArgument)) for argument in call.expressions):
            self.untraced.append((self.line(call), f"the columns that {name} makes of a table are not followed"))

    def _pattern(self, node: fx.RowPattern) -> Iterator[Influence]:
        yield from self._from(node.this)
        for item in node.args.get("partition_by") or ():
            yield from self.explained(item, "group")
        order = node.args.get("order")
        for item in order.expressions if order is not None else ():
            yield from self.explained(item, "window")
        for definition in node.args.get("define") or ():
            text = f"{definition.alias} AS {self.inlined(definition.this).sql('flink')}"
            yield from self.explained(definition.this, "filter", text)

    # Queries in FROM.

    def query_of(self, node: exp.Expr | None) -> exp.Expr | None:
        """The query that stands in FROM: a subquery, a common table expression, also in a window; else None."""
        if isinstance(node, exp.Lateral):
            return self.query_of(node.this)
        if isinstance(node, fx.TableFunction):
            return self.query_of(node.this.table) if isinstance(node.this, fx.WindowFunction) else None
        if isinstance(node, exp.Subquery):
            return node.this if isinstance(node.this, (exp.Query, fx.ExplicitTable, exp.Values)) else None
        if isinstance(node, (exp.Query, fx.ExplicitTable)) and not isinstance(node, exp.Table):
            return node
        if isinstance(node, exp.Table) and not node.args.get("db"):
            return _common_table(node, table_name(node))
        return None


def _common_table(node: exp.Expr, name: str) -> exp.Expr | None:
    """The query of the common table expression of a name; None if there is none around a node."""
    around = node.parent
    while around is not None:
        with_ = around.args.get("with_") or around.args.get("with")
        for cte in with_.expressions if with_ is not None else ():
            if cte.alias == name and cte is not node.find_ancestor(exp.CTE):
                query: exp.Expr = cte.this
                return query
        around = around.parent
    return None


def _is_star_of_table(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and isinstance(node.this, exp.Star)


def _conjuncts(node: exp.Expr) -> Iterator[exp.Expr]:
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.And):
        yield from _conjuncts(node.this)
        yield from _conjuncts(node.expression)
    else:
        yield node


def window_text(call: fx.WindowFunction) -> str:
    """A window as people say it: `TUMBLE 1 minute`, `CUMULATE 1 hour by 1 minute`, `SESSION 30 seconds of silence`."""
    lengths = {name: _length(value) for name in ("SIZE", "SLIDE", "STEP", "GAP", "OFFSET")
               if (value := call.argument(name)) is not None}  # fmt: skip
    text = f"{call.name} {lengths.get('SIZE', '')}".strip()
    if "GAP" in lengths:
        text += f" {lengths['GAP']} of silence"
    step = lengths.get("SLIDE") or lengths.get("STEP")
    text += f" by {step}" if step else ""
    return text + (f" shifted by {lengths['OFFSET']}" if "OFFSET" in lengths else "")


def _length(node: exp.Expr) -> str:
    if isinstance(node, exp.Interval) and isinstance(node.this, exp.Literal) and node.args.get("unit") is not None:
        unit = node.args["unit"].sql("flink").lower()
        if unit.isalpha():
            return f"{node.this.name} {unit}{'' if node.this.name == '1' or unit.endswith('s') else 's'}"
    return node.sql("flink")
