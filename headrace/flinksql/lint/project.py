"""A project as the linter sees it: every file, also one that a deployment would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from sqlglot import exp

from headrace.flinksql.lint.source_file import FileKind, SourceFile, Span
from headrace.flinksql.schema import Parsed, ProjectSchema, PythonFunction, Resolution, Table, View, parsed
from headrace.flinksql.schema.definitions import created_kind, created_name
from headrace.flinksql.schema.names import table_name
from headrace.flinksql.schema.relations import Call
from headrace.flinksql.statements import Statement, split_statements
from headrace.flinksql.syntax_error import FlinkSyntaxError
from headrace.project import CATALOG_FOLDERS, JOB_SETTINGS

_SET = re.compile(r"SET\s+'((?:[^']|'')*)'\s*=\s*'((?:[^']|'')*)'", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """The query of an INSERT or of a view, with its names looked up.

    Attributes:
        file: where it stands.
        statement, tree: the whole statement.
        resolution: its names and types.
        target: the table that it writes to; None for views, and where there is no such table.
        name: the table it writes to, or the view.
        job: the folder in `sql/`; empty for views.
    """

    file: SourceFile
    statement: Statement
    tree: exp.Expr
    resolution: Resolution
    target: Table | None
    name: str
    job: str

    @property
    def is_insert(self) -> bool:
        """Whether it is an INSERT's."""
        return isinstance(self.tree, exp.Insert)

    def span(self, node: exp.Expr | None = None) -> Span:
        """Where a part of it stands, or the statement itself."""
        return self.file.span(self.statement, node)

    def model_calls(self) -> list[Call]:
        """The calls of Python functions in it."""
        return [call for call in self.resolution.calls if isinstance(call.function, PythonFunction)]


class LintProject:
    """All SQL files of a project's folder, read and resolved.

    Attributes:
        root: the folder.
        files: all of them, by path.
        schema: what the catalog says.
    """

    def __init__(self, root: Path, extra: Iterable[Path] = ()) -> None:
        """Reads the files.

        Args:
            root: the folder that holds `catalog/` and `sql/`.
            extra: more files of SQL, which are neither catalog nor job.
        """
        self.root = root
        found = [_read(root, path, kind, job) for path, kind, job in _paths(root)]
        known = {file.name for file in found}
        others = [_read(root, path, "other", "") for path in extra if _name(root, path) not in known]
        self.files = [*found, *others]
        catalog = [
            each.statement
            for kind in (*CATALOG_FOLDERS, "other")
            for file in self.of_kind(kind)
            for each in file.statements
            if each.statement.words(1) == ["CREATE"]
        ]
        self.schema = ProjectSchema.of_statements(root, catalog)
        self.schema.unread |= {file.stem for file in self.of_kind(*CATALOG_FOLDERS) if file.error is not None}

    def of_kind(self, *kinds: str) -> Iterator[SourceFile]:
        """The files of some kinds."""
        return (file for file in self.files if file.kind in kinds)

    def file(self, name: str) -> SourceFile:
        """A file by its path from the project's folder."""
        return next(file for file in self.files if file.name == name)

    @cached_property
    def tables(self) -> list[tuple[SourceFile, Table]]:
        """The tables, each with its file."""
        return [(self.file(table.statement.file), table) for table in self.schema.tables.values()]

    @cached_property
    def queries(self) -> list[Query]:
        """The queries of all views and INSERTs."""
        return [*self._view_queries(), *self._insert_queries()]

    @property
    def inserts(self) -> list[Query]:
        """The queries of INSERTs."""
        return [query for query in self.queries if query.is_insert]

    def _view_queries(self) -> Iterator[Query]:
        for view in self.schema.views.values():
            file = self.file(view.statement.file)
            resolution = self.schema.view_resolution(view.name)
            yield Query(file, view.statement, view.tree, resolution, None, view.name, "")

    def _insert_queries(self) -> Iterator[Query]:
        for file in self.of_kind("job", "other"):
            for each in file.statements:
                tree = each.tree
                query = tree.args.get("expression") if isinstance(tree, exp.Insert) else tree
                if tree is None or not isinstance(query, (exp.Query, exp.Values)):
                    continue
                name = table_name(tree.this) if isinstance(tree, exp.Insert) else ""
                target = self.schema.tables.get(name)
                yield Query(file, each.statement, tree, self.schema.resolve(query), target, name, file.job)

    # Settings.

    def option(self, job: str, key: str) -> str:
        """What an option is set to for a job: by its own settings, the session's, or Flink's configuration."""
        for file in [file for file in self.of_kind("settings") if file.job == job]:
            if key in settings_in(file):
                return settings_in(file)[key]
        return self._session_options.get(key, "")

    @cached_property
    def _session_options(self) -> Mapping[str, str]:
        options: dict[str, str] = {}
        configuration = self.root / "flink" / "conf" / "config.yaml"
        if configuration.is_file():
            loaded = yaml.safe_load(configuration.read_text(encoding="utf-8")) or {}
            options = {str(key): str(value) for key, value in loaded.items()}
        for file in self.of_kind("session"):
            options.update(settings_in(file))
        return options

    # Who uses what.

    def uses(self, query: Query) -> set[str]:
        """Tables and views that a query reads, through views too."""
        found: set[str] = set()
        waiting = [query.tree.args["expression"] if query.tree.args.get("expression") is not None else query.tree]
        while waiting:
            for table in waiting.pop().find_all(exp.Table):
                if table.name not in found:
                    found.add(table.name)
                    view = self.schema.views.get(table.name)
                    if view is not None:
                        waiting.append(view.query)
        return found

    def jobs_of(self, query: Query) -> list[str]:
        """The jobs in which a query runs: its own, or those that use the view."""
        if query.is_insert:
            return [query.job]
        return sorted({insert.job for insert in self.inserts if query.name in self.uses(insert)})

    def views_of(self, query: Query) -> list[Query]:
        """The views that a query reads, through views too."""
        used = self.uses(query)
        return [view for view in self.queries if not view.is_insert and view.name in used]


def settings_in(file: SourceFile) -> dict[str, str]:
    """What the SET statements of a file set."""
    matches = [_SET.fullmatch(each.statement.text) for each in file.statements]
    return {match[1].replace("''", "'"): match[2].replace("''", "'") for match in matches if match}


def _paths(root: Path) -> Iterator[tuple[Path, FileKind, str]]:
    session = root / "catalog" / "session.sql"
    if session.is_file():
        yield session, "session", ""
    for kind in CATALOG_FOLDERS:
        for path in sorted((root / "catalog" / kind).glob("*.sql")):
            yield path, kind, ""  # type: ignore[misc]
    for folder in sorted((root / "sql").glob("*/")):
        for path in sorted(folder.glob("*.sql")):
            yield path, "settings" if path.name == JOB_SETTINGS else "job", folder.name


def _name(root: Path, path: Path) -> str:
    path, root = path.resolve(), root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _read(root: Path, path: Path, kind: FileKind, job: str) -> SourceFile:
    name = _name(root, path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return SourceFile(name, kind, job, "", (), (line, 1, f"byte {error.start} is not UTF-8"))
    try:
        statements = tuple(_parsed(statement) for statement in split_statements(text, name))
    except FlinkSyntaxError as error:
        return SourceFile(name, kind, job, text, (), (error.line, error.column, error.fact))
    return SourceFile(name, kind, job, text, statements)


def _parsed(statement: Statement) -> Parsed:
    return parsed(statement)


__all__ = ["LintProject", "Query", "View", "created_kind", "created_name", "settings_in"]
