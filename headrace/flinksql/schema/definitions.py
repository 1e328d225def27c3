"""Reads CREATE statements: what a tree says of a table, a view or a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.schema.expression_types import declared_type
from headrace.flinksql.schema.names import table_name
from headrace.flinksql.schema.objects import Column, PythonFunction, Table, View, Watermark
from headrace.flinksql.schema.types import FlinkType
from headrace.flinksql.statements import Statement

# Works out the type of a computed column, from its expression and the columns beside it.
ComputedType = Callable[[exp.Expr, tuple[Column, ...]], FlinkType | None]


def created_kind(tree: exp.Expr) -> str:
    """TABLE, VIEW, FUNCTION …: what a statement creates; empty if it creates nothing."""
    return str(tree.args.get("kind") or "").upper() if isinstance(tree, exp.Create) else ""


def created_name(tree: exp.Expr) -> str:
    """The name of what a statement creates."""
    return table_name(tree.this)


def name_node(tree: exp.Expr) -> exp.Expr:
    """Where the name of what is created stands."""
    found = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    identifier = found.find(exp.Identifier) if isinstance(found, exp.Expr) else None
    return identifier if identifier is not None else tree


def properties(tree: exp.Expr) -> Iterator[exp.Expr]:
    """What stands behind the columns: WITH, LIKE, PARTITIONED BY …"""
    found = tree.args.get("properties")
    yield from found.expressions if found is not None else ()


def options(tree: exp.Expr) -> dict[str, str]:
    """The options in WITH (…)."""
    pairs = (item for item in properties(tree) if type(item) is exp.Property)
    return {
        item.this.name: item.args["value"].name for item in pairs if isinstance(item.args.get("value"), exp.Literal)
    }


def read_table(statement: Statement, tree: exp.Expr, like: Table | None, computed: ComputedType) -> Table:
    """CREATE TABLE.

    Args:
        statement: where it stands.
        tree: its syntax tree.
        like: the table that it is LIKE.
        computed: works out types of computed columns.
    """
    items = tree.this.expressions if isinstance(tree.this, exp.Schema) else []
    columns = list(like.columns) if like else []
    watermark = like.watermark if like else None
    primary_key = like.primary_key if like else ()
    for item in items:
        if isinstance(item, exp.ColumnDef):
            columns.append(_column(item))
            if any(getattr(c.args.get("kind"), "key", "") == "primarykeycolumnconstraint" or _is_key(c.args.get("kind"))
                   for c in item.args.get("constraints") or ()):  # fmt: skip
                primary_key = (item.name,)
        elif isinstance(item, fx.Watermark):
            watermark = Watermark(item.this.name, item.args["expression"])
        elif _is_key(item) or isinstance(item, exp.PrimaryKey):
            primary_key = tuple(_column_name(column) for column in item.expressions)
    typed = _typed(tuple(columns), watermark, computed)
    return Table(
        created_name(tree), statement, tree, typed, primary_key, watermark,
        {**(like.options if like else {}), **options(tree)},
    )  # fmt: skip


def like_name(tree: exp.Expr) -> str:
    """The table that a table is LIKE; empty if there is none."""
    found = next((item for item in properties(tree) if isinstance(item, (fx.LikeTable, exp.LikeProperty))), None)
    return table_name(found) if found is not None else ""


def _is_key(item: exp.Expr | None) -> bool:
    return isinstance(item, fx.NamedConstraint) and str(item.args.get("kind")).upper() == "PRIMARY KEY"


def _column_name(node: exp.Expr) -> str:
    return node.name


def _column(node: exp.ColumnDef) -> Column:
    constraints = [constraint.args.get("kind") for constraint in node.args.get("constraints") or ()]
    metadata = next((each for each in constraints if isinstance(each, fx.MetadataColumn)), None)
    computed = any(isinstance(each, exp.ComputedColumnConstraint) for each in constraints)
    kind = "computed" if computed else "metadata" if metadata is not None else "physical"
    virtual = metadata is not None and bool(metadata.args.get("virtual"))
    return Column(node.name, declared_type(node.args.get("kind")), kind, virtual, node)  # type: ignore[arg-type]


def computed_expression(node: exp.Expr) -> exp.Expr | None:
    """What a computed column is computed by; None for other columns."""
    found = node.find(exp.ComputedColumnConstraint)
    return found.this if found is not None else None


def _typed(columns: tuple[Column, ...], watermark: Watermark | None, computed: ComputedType) -> tuple[Column, ...]:
    """Computed columns with their types, the watermark's column as event time."""
    plain = tuple(column for column in columns if column.kind != "computed")
    typed = []
    for column in columns:
        kind = column.type
        expression = computed_expression(column.node) if column.kind == "computed" else None
        if expression is not None:
            kind = computed(expression, plain)
        if watermark is not None and column.name == watermark.column and kind is not None:
            kind = kind.as_time("rowtime")
        typed.append(replace(column, type=kind))
    return tuple(typed)


def read_view(statement: Statement, tree: exp.Expr) -> View:
    """CREATE VIEW."""
    names = tree.this.expressions if isinstance(tree.this, exp.Schema) else []
    return View(created_name(tree), statement, tree, tree.args["expression"], tuple(_column_name(n) for n in names))


def read_function(statement: Statement, tree: exp.Expr) -> PythonFunction:
    """CREATE FUNCTION, before its module is read."""
    language = next((item for item in properties(tree) if isinstance(item, exp.LanguageProperty)), None)
    body = tree.args.get("expression")
    literal = body if isinstance(body, exp.Literal) else body.find(exp.Literal) if body is not None else None
    return PythonFunction(
        created_name(tree),
        statement,
        tree,
        literal.name if literal is not None else "",
        language.name.upper() if language is not None else "JAVA",
    )
