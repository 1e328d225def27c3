"""What a project's catalog holds: tables, views and functions, each with the place where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

from headrace.flinksql.schema.types import FlinkType
from headrace.flinksql.statements import Statement

ColumnKind = Literal["physical", "computed", "metadata"]
FunctionKind = Literal["scalar", "table", "aggregate", "table aggregate"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: as it is written, without quotes.
        type: None if it could not be worked out.
        kind: physical, computed (AS …) or metadata (METADATA …).
        virtual: a metadata column that cannot be written.
        node: its definition.
    """

    name: str
    type: FlinkType | None
    kind: ColumnKind
    virtual: bool
    node: exp.Expr

    @property
    def writable(self) -> bool:
        """Whether an INSERT gives it a value."""
        return self.kind == "physical" or (self.kind == "metadata" and not self.virtual)


@dataclass(frozen=True)
class Watermark:
    """The event time of a table: the column, and how far its watermark stays behind."""

    column: str
    expression: exp.Expr


@dataclass(frozen=True)
class Table:
    """CREATE TABLE."""

    name: str
    statement: Statement
    tree: exp.Expr
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    watermark: Watermark | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """The column of a name, None if there is none."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def connector(self) -> str:
        """The option `connector`, empty if it has none."""
        return self.options.get("connector", "")


@dataclass(frozen=True)
class View:
    """CREATE VIEW. Its columns are those of its query: ProjectSchema.columns_of(view.name)."""

    name: str
    statement: Statement
    tree: exp.Expr
    query: exp.Expr
    column_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class PythonFunction:
    """CREATE FUNCTION … LANGUAGE PYTHON, and what its module says.

    Attributes:
        name: as SQL calls it.
        statement: where it is created.
        tree: its syntax tree.
        class_name: `udf.sentiment.sentiment`.
        language: PYTHON, JAVA or SCALA. Only Python functions are read.
        kind: scalar, table, aggregate or table aggregate.
        result: type of its result; of a table function a ROW of its columns. None if it is not known.
        pandas: whether it takes columns, not rows.
        deterministic: whether it says so.
        model: the model that it runs, empty if it runs none.
        error: why it could not be read; empty if it was.
    """

    name: str
    statement: Statement
    tree: exp.Expr
    class_name: str
    language: str = "PYTHON"
    kind: FunctionKind = "scalar"
    result: FlinkType | None = None
    pandas: bool = False
    deterministic: bool = True
    model: str = ""
    error: str = ""
