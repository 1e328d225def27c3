"""What a project's files say: tables, views, functions, and the queries over them with all names looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlglot import exp

from headrace.errors import HeadraceError
from headrace.flinksql.parsing import parse_statement
from headrace.flinksql.schema import definitions
from headrace.flinksql.schema.built_in import BuiltIn, built_in_functions
from headrace.flinksql.schema.objects import Column, PythonFunction, Table, View
from headrace.flinksql.schema.python_functions import describe_functions
from headrace.flinksql.schema.relations import Relation, RelationColumn, Resolution
from headrace.flinksql.schema.resolver import Resolver
from headrace.flinksql.schema.types import FlinkType, read_type
from headrace.flinksql.statements import Statement
from headrace.project import Project

_CREATED = re.compile(
    r"\s*CREATE\s+(?:OR\s+(?:ALTER|REPLACE)\s+)?(?:TEMPORARY\s+)?(?:SYSTEM\s+)?(?:TABLE|VIEW|FUNCTION)\s+"
    r"(?:IF\s+NOT\s+EXISTS\s+)?(?:[\w`]+\.)*`?(\w+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parsed:
    """A statement and its tree; `error` instead of the tree where it cannot be read."""

    statement: Statement
    tree: exp.Expr | None
    error: HeadraceError | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of a table or view; not complete where they cannot all be known."""

    columns: tuple[RelationColumn, ...]
    complete: bool = True


class ProjectSchema:
    """The tables, views and functions of a project.

    Attributes:
        root: the project's folder.
        catalog: the statements of `catalog/`, parsed.
        tables, views: by name.
        functions: by name in small letters, since Flink does not tell capitals in functions' names.
        unread: what is created by statements that cannot be read: there is such a name, and no more is known.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalog: list[Parsed] = []
        self.tables: dict[str, Table] = {}
        self.views: dict[str, View] = {}
        self.functions: dict[str, PythonFunction] = {}
        self.unread: set[str] = set()
        self._columns: dict[str, Columns] = {}
        self._resolutions: dict[str, Resolution] = {}
        self._resolving: list[str] = []

    @classmethod
    def read(cls, project: Project) -> ProjectSchema:
        """Reads a project's catalog. A statement that cannot be read has an `error` in `catalog`, nothing is raised."""
        return cls.of_statements(project.root, project.catalog)

    @classmethod
    def of_statements(cls, root: Path, statements: Sequence[Statement]) -> ProjectSchema:
        """Reads CREATE statements of a project whose functions' modules are below a folder."""
        schema = cls(root)
        schema.catalog = [parsed(statement) for statement in statements]
        schema.unread = {match[1] for each in schema.catalog if not each.tree and (match := _created(each.statement))}
        created = [(each.statement, each.tree) for each in schema.catalog if each.tree is not None]
        for statement, tree in created:
            if definitions.created_kind(tree) == "FUNCTION":
                function = definitions.read_function(statement, tree)
                schema.functions[function.name.lower()] = function
        schema._read_python()
        for statement, tree in created:
            kind = definitions.created_kind(tree)
            if kind == "TABLE" and isinstance(tree.args.get("expression"), exp.Query):
                schema._add_view(definitions.read_view(statement, tree))
            elif kind == "TABLE":
                like = schema.tables.get(definitions.like_name(tree))
                schema._add_table(definitions.read_table(statement, tree, like, schema._computed_type))
            elif kind == "VIEW":
                schema._add_view(definitions.read_view(statement, tree))
        return schema

    # A temporary table or view hides the catalog's object of its name, of either kind.

    def _add_table(self, table: Table) -> None:
        self.views.pop(table.name, None)
        self.tables[table.name] = table

    def _add_view(self, view: View) -> None:
        self.tables.pop(view.name, None)
        self.views[view.name] = view

    # Names.

    def relation(self, name: str) -> Table | View | None:
        """The table or view of a name, None if there is none."""
        return self.tables.get(name) or self.views.get(name)

    def relation_names(self) -> list[str]:
        """The names of all tables and views."""
        return [*self.tables, *self.views]

    def function(self, name: str) -> BuiltIn | PythonFunction | None:
        """The function of a name, None if there is none. Flink's own come first, as in Flink."""
        return built_in_functions().get(name.upper()) or self.functions.get(name.lower())

    def function_names(self) -> list[str]:
        """The names of all functions: the project's, then Flink's."""
        return [*(function.name for function in self.functions.values()), *built_in_functions()]

    def columns_of(self, name: str) -> Columns:
        """The columns of a table or view, with their types. A view's come from its query."""
        if name not in self._columns:
            self._columns[name] = self._read_columns(name)
        return self._columns[name]

    def view_resolution(self, name: str) -> Resolution:
        """A view's query with its names looked up."""
        if name not in self._resolutions:
            self._resolving.append(name)
            try:
                self._resolutions[name] = self.resolve(self.views[name].query)
            finally:
                self._resolving.remove(name)
        return self._resolutions[name]

    def result_type(
        self, function: BuiltIn | PythonFunction, arguments: Sequence[FlinkType | None]
    ) -> FlinkType | None:
        """The type of a call; None if it is not known."""
        return function.result_type(arguments) if isinstance(function, BuiltIn) else function.result

    # Queries.

    def resolve(self, query: exp.Expr) -> Resolution:
        """Looks up every name of a query, or of the query of an INSERT, and works out types.

        Nothing is raised for what is wrong: it is in `problems`.
        """
        if isinstance(query, (exp.Insert, exp.Create)):
            query = query.args["expression"]
        return Resolver(self, query).resolve()

    def _read_columns(self, name: str) -> Columns:
        table = self.tables.get(name)
        if table is not None:
            return Columns(tuple(RelationColumn(column.name, column.type) for column in table.columns))
        view = self.views.get(name)
        if view is None or name in self._resolving:
            return Columns((), complete=False)
        found = self.view_resolution(name)
        names = (*view.column_names, *(column.name for column in found.columns[len(view.column_names) :]))
        return Columns(
            tuple(replace(column, name=new) for column, new in zip(found.columns, names, strict=False)), found.complete
        )

    def _computed_type(self, expression: exp.Expr, columns: tuple[Column, ...]) -> FlinkType | None:
        relation = Relation("", "table", tuple(RelationColumn(column.name, column.type) for column in columns))
        return Resolver(self, expression).resolve_expression(expression, relation)

    def _read_python(self) -> None:
        python = [function for function in self.functions.values() if function.language == "PYTHON"]
        described = describe_functions(self.root, [function.class_name for function in python])
        for function in python:
            found = described[function.class_name]
            self.functions[function.name.lower()] = replace(
                function,
                kind=found.kind,  # type: ignore[arg-type]
                result=read_type(found.result) if found.result else None,
                pandas=found.pandas,
                deterministic=found.deterministic,
                model=found.model,
                error=found.error,
            )


def _created(statement: Statement) -> re.Match[str] | None:
    return _CREATED.match(statement.text)


def parsed(statement: Statement) -> Parsed:
    """A statement with its tree, or with why it has none."""
    try:
        return Parsed(statement, parse_statement(statement.text, statement.file, statement.line, statement.column))
    except HeadraceError as error:
        return Parsed(statement, None, error)
