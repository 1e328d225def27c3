"""What rows a query gives: only new ones, or ones that replace others, by what key; and what it has to remember.

The rules of Flink's planner, as far as the text of a query tells them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema import ProjectSchema, Relation, Resolution
from headrace.flinksql.schema.names import call_name
from headrace.flinksql.schema.relations import SelectScope

WINDOW_COLUMNS = frozenset({"window_start", "window_end", "window_time"})
_GROUP_WINDOWS = frozenset({"TUMBLE", "HOP", "SESSION"})
_AGGREGATES = frozenset(
    {"COUNT", "SUM", "AVG", "MIN", "MAX", "LISTAGG", "COLLECT", "ARRAY_AGG", "FIRST_VALUE", "LAST_VALUE"}
)
CHANGELOG_FORMATS = ("debezium", "canal", "maxwell", "ogg")


@dataclass(frozen=True)
class Changes:
    """The rows of a query.

    Attributes:
        updating: whether a row can replace or take back an earlier one.
        key: the columns of the result by which it does; None if there are none.
        sure: whether the text tells both.
    """

    updating: bool = False
    key: frozenset[str] | None = None
    sure: bool = True


@dataclass(frozen=True)
class StateUse:
    """A part of a query for which Flink remembers something of every key or row, for ever without a TTL."""

    node: exp.Expr
    what: str


def changes_of(schema: ProjectSchema, resolution: Resolution, query: exp.Expr) -> Changes:
    """What rows a query, or a part of one, gives."""
    if isinstance(query, exp.Subquery):
        return changes_of(schema, resolution, query.this)
    if isinstance(query, exp.SetOperation):
        sides = [changes_of(schema, resolution, side) for side in (query.this, query.expression)]
        union_all = isinstance(query, exp.Union) and query.args.get("distinct") is False
        updating = not union_all or any(side.updating for side in sides)
        return Changes(updating, None, union_all and all(side.sure for side in sides))
    scope = next((scope for scope in resolution.selects if scope.select is query), None)
    if scope is None:
        return Changes(sure=isinstance(query, exp.Values))
    return _select(schema, resolution, scope)


def _select(schema: ProjectSchema, resolution: Resolution, scope: SelectScope) -> Changes:
    inputs = [_relation(schema, resolution, relation) for relation in scope.relations]
    sure = all(each.sure for each in inputs)
    group = scope.select.args.get("group")
    if group is not None:
        if windowed(resolution, scope):
            return Changes(any(each.updating for each in inputs), None, sure)
        return Changes(True, _kept(scope, _names(group.expressions)), sure)
    if any(is_aggregate(call) for item in scope.select.expressions for call in item.walk()):
        return Changes(True, frozenset(), sure)
    if scope.select.args.get("distinct") is not None:
        return Changes(True, frozenset(column.name for column in scope.columns), sure)
    if scope.select.args.get("limit") is not None:
        return Changes(True, None, False)
    if len(inputs) != 1:
        outer = any(join.args.get("side") for join in scope.select.args.get("joins") or () if not looks_up(join))
        return Changes(outer or any(each.updating for each in inputs), None, False)
    ranked = _ranked(resolution, scope)
    if ranked is not None:
        return Changes(ranked.updating, _kept(scope, ranked.key or frozenset()), sure)
    key = inputs[0].key
    return Changes(inputs[0].updating, _kept(scope, key) if key is not None else None, sure)


def _relation(schema: ProjectSchema, resolution: Resolution, relation: Relation) -> Changes:
    node = relation.node
    if relation.kind in {"pattern", "values"}:
        return Changes()
    if relation.kind == "function":
        return Changes(sure=False)
    if relation.object is not None:
        view = schema.views.get(relation.object.name)
        if view is not None:
            return changes_of(schema, schema.view_resolution(view.name), view.query)
        table = schema.tables[relation.object.name]
        formatted = table.options.get("format", table.options.get("value.format", ""))
        updating = table.connector.startswith("upsert-") or formatted.startswith(CHANGELOG_FORMATS)
        key = frozenset(table.primary_key) or None
        return Changes(updating, key if relation.kind == "table" else None)
    if isinstance(node, exp.Subquery):
        return changes_of(schema, resolution, node)
    if isinstance(node, exp.Select):
        return changes_of(schema, resolution, node)
    common = _common_table(node) if isinstance(node, exp.Table) else None
    return changes_of(schema, resolution, common) if common is not None else Changes(sure=False)


def _common_table(table: exp.Table) -> exp.Expr | None:
    node: exp.Expr | None = table
    while node is not None:
        with_ = node.args.get("with_") or node.args.get("with")
        for cte in with_.expressions if with_ is not None else ():
            if cte.alias == table.name:
                found: exp.Expr = cte.this
                return found
        node = node.parent
    return None


def _kept(scope: SelectScope, key: frozenset[str]) -> frozenset[str] | None:
    """A key by the result's names; None if not all of it is in the result."""
    names = {column.node.name: column.name for column in scope.columns if isinstance(column.node, exp.Column)} or {
        column.name: column.name for column in scope.columns if column.node is None
    }
    names.update({column.name: column.name for column in scope.columns if column.node is None})
    return frozenset(names[name] for name in key) if key <= names.keys() else None


def _names(nodes: list[exp.Expr]) -> frozenset[str]:
    return frozenset(node.name for node in nodes if isinstance(node, exp.Column))


def windowed(resolution: Resolution, scope: SelectScope) -> bool:
    """Whether a GROUP BY is by a window: of a window table function, or an older group window."""
    group = scope.select.args.get("group")
    for item in group.expressions if group is not None else ():
        if call_name(item).upper() in _GROUP_WINDOWS:
            return True
        if isinstance(item, exp.Column) and item.name in WINDOW_COLUMNS:
            return True
        reference = resolution.reference(item)
        node = reference.column.node if reference is not None else None
        if isinstance(node, fx.WindowFunction) or (isinstance(node, exp.Column) and node.name in WINDOW_COLUMNS):
            return True
    return False


def is_aggregate(node: exp.Expr) -> bool:
    """Whether a node is an aggregate over a group, not over a window."""
    if not isinstance(node, exp.AggFunc) and call_name(node).upper() not in _AGGREGATES:
        return False
    parent = node.parent
    while isinstance(parent, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        parent = parent.parent
    return not isinstance(parent, exp.Window)


def _ranked(resolution: Resolution, scope: SelectScope) -> Changes | None:
    """A query that keeps the first rows by ROW_NUMBER of a subquery: the key is what it is partitioned by."""
    found = rank_of(resolution, scope)
    if found is None:
        return None
    window, only_first = found
    key = _names(window.args.get("partition_by") or [])
    rank = {column.name for column in scope.relations[0].columns if column.node is window}
    order = window.args.get("order")
    first = order.expressions[0] if order is not None and order.expressions else None
    kind = resolution.type_of(first.this) if first is not None else None
    descending = first is not None and bool(first.args.get("desc"))
    keeps_first = only_first and kind is not None and bool(kind.time) and not descending
    by_window = bool(key & WINDOW_COLUMNS)
    return Changes(not keeps_first and not by_window, key if only_first else key | rank)


def rank_of(resolution: Resolution, scope: SelectScope) -> tuple[exp.Window, bool] | None:
    """The ROW_NUMBER that a WHERE limits, and whether it keeps one row only."""
    where = scope.select.args.get("where")
    if where is None or len(scope.relations) != 1:
        return None
    for condition in where.find_all(exp.EQ, exp.LTE, exp.LT):
        reference = resolution.reference(condition.this)
        node = reference.column.node if reference is not None else None
        if isinstance(node, exp.Window) and call_name(node.this).upper() in {"ROW_NUMBER", "RANK", "DENSE_RANK"}:
            one = condition.expression.name == ("2" if isinstance(condition, exp.LT) else "1")
            return node, one
    return None


def looks_up(join: exp.Join) -> bool:
    """Whether a join keeps no rows: a lookup or temporal join, or a function of each row."""
    return join.this.args.get("version") is not None or isinstance(
        join.this, (exp.Lateral, exp.Unnest, fx.TableFunction)
    )


def state_uses(resolution: Resolution) -> Iterator[StateUse]:
    """What a query makes Flink remember for ever, if no TTL of state is set."""
    for scope in resolution.selects:
        select = scope.select
        hint = select.args.get("hint")
        if hint is not None and "STATE_TTL" in hint.sql("flink").upper():
            continue
        group = select.args.get("group")
        if group is not None and group.expressions and not windowed(resolution, scope):
            yield StateUse(group.expressions[0], "GROUP BY without a window")
        if select.args.get("distinct") is not None:
            yield StateUse(select, "SELECT DISTINCT")
        yield from _joins(resolution, scope)
        ranked = rank_of(resolution, scope)
        if ranked is not None and not _names(ranked[0].args.get("partition_by") or []) & WINDOW_COLUMNS:
            yield StateUse(ranked[0], f"{call_name(ranked[0].this).upper()} over all rows")
        yield from _over(scope)
    for operation in resolution.query.find_all(exp.SetOperation):
        if not isinstance(operation, exp.Union) or operation.args.get("distinct"):
            yield StateUse(operation, f"{operation.key.upper()} without ALL")


def _joins(resolution: Resolution, scope: SelectScope) -> Iterator[StateUse]:
    where = scope.select.args.get("where")
    for join in scope.select.args.get("joins") or ():
        if looks_up(join):
            continue
        conditions = [node for node in (join.args.get("on"), where) if node is not None]
        if not any(_bounded(resolution, condition) for condition in conditions):
            yield StateUse(join, "JOIN without an interval or window")


def _bounded(resolution: Resolution, condition: exp.Expr) -> bool:
    """Whether a condition compares times of both sides, or equates their windows."""
    for comparison in condition.find_all(exp.Between, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ):
        relations = set()
        for column in comparison.find_all(exp.Column):
            reference = resolution.reference(column)
            if reference is None:
                continue
            timed = reference.type is not None and bool(reference.type.time)
            if timed or (isinstance(comparison, exp.EQ) and reference.column.name in WINDOW_COLUMNS):
                relations.add(id(reference.relation))
        if len(relations) > 1:
            return True
    return False


def _over(scope: SelectScope) -> Iterator[StateUse]:
    named = {window.name: window for window in scope.select.args.get("windows") or ()}
    for item in scope.select.expressions:
        for window in item.find_all(exp.Window):
            if call_name(window.this).upper() in {"ROW_NUMBER", "RANK", "DENSE_RANK"}:
                continue
            alias = window.args.get("alias")
            spec = window.args.get("spec")
            if spec is None and alias is not None and alias.name in named:
                spec = named[alias.name].args.get("spec")
            start = spec.args.get("start") if spec is not None else None
            if spec is None or start is None or start == "UNBOUNDED" or str(spec.args.get("kind")).upper() == "ROWS":
                yield StateUse(window, "OVER without a range of time")
                return
