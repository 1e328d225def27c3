"""What the SQL files say: the catalog's objects and the jobs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from headrace.errors import DeployError
from headrace.flinksql.statements import Statement, split_statements

# In the order of their creation: a view names tables and functions.
CATALOG_FOLDERS = ("sources", "features", "functions", "views")
JOB_SETTINGS = "_settings.sql"


@dataclass(frozen=True)
class JobFiles:
    """One folder in `sql/`: a Flink job, its settings (SET statements) and one INSERT per feature."""

    name: str
    settings: tuple[Statement, ...]
    inserts: tuple[Statement, ...]


@dataclass(frozen=True)
class Project:
    """All SQL files of a project, read and split; `root` is its folder."""

    session: tuple[Statement, ...]
    catalog: tuple[Statement, ...]
    jobs: tuple[JobFiles, ...]
    root: Path = Path()


def read_project(root: Path) -> Project:
    """Reads `catalog/` and `sql/` below a folder.

    Raises:
        StatementError: a file is not a sequence of statements.
        DeployError: a file holds another kind of statement than its folder is for.
    """
    session = _statements(root, root / "catalog" / "session.sql")
    catalog = [
        statement
        for folder in CATALOG_FOLDERS
        for file in creation_order(root, sorted((root / "catalog" / folder).glob("*.sql")))
        for statement in _only(_statements(root, file), "CREATE")
    ]
    jobs = [_job(root, folder) for folder in sorted((root / "sql").glob("*/"))]
    return Project(tuple(session), tuple(catalog), tuple(jobs), root)


def _job(root: Path, folder: Path) -> JobFiles:
    settings = folder / JOB_SETTINGS
    inserts: list[Statement] = []
    for file in sorted(folder.glob("*.sql")):
        if file == settings:
            continue
        found = _only(_statements(root, file), "INSERT")
        if len(found) != 1:
            raise DeployError(
                f"{file.relative_to(root)}: it holds {len(found)} statements, and a feature is one INSERT. "
                "Give each feature a file of its own."
            )
        inserts += found
    if not inserts:
        raise DeployError(f"{folder.relative_to(root)}: no feature in it. Add <feature>.sql, or remove the folder.")
    return JobFiles(
        folder.name,
        tuple(_only(_statements(root, settings), "SET")) if settings.exists() else (),
        tuple(inserts),
    )


def _statements(root: Path, file: Path) -> list[Statement]:
    name = file.relative_to(root).as_posix()
    try:
        return split_statements(file.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        raise DeployError(f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from error


def _only(statements: list[Statement], verb: str) -> list[Statement]:
    for statement in statements:
        if statement.words(1) != [verb]:
            raise DeployError(
                f"{statement.file}:{statement.line}: {' '.join(statement.words(2))} …: only {verb} statements belong "
                "here. Move it to the folder that is for it (docs/architecture.md)."
            )
    return statements


def creation_order(root: Path, files: list[Path]) -> list[Path]:
    """Files in the order in which they can be created: one that names another's object comes after it."""
    names = {file.stem: file for file in files}
    ordered: list[Path] = []
    waiting: list[Path] = []

    def place(file: Path) -> None:
        if file in ordered:
            return
        if file in waiting:
            circle = ", ".join(path.relative_to(root).as_posix() for path in waiting)
            raise DeployError(f"{circle}: each names the other. Break the circle.")
        waiting.append(file)
        for other in sorted(_names(_statements(root, file)) & names.keys() - {file.stem}):
            place(names[other])
        waiting.remove(file)
        ordered.append(file)

    for file in files:
        place(file)
    return ordered


def _names(statements: list[Statement]) -> set[str]:
    """The words of statements that build on other objects: a table's columns may be called as another table is."""
    builders = [s.text for s in statements if "VIEW" in s.words(4) or re.search(r"\bLIKE\b", s.text, re.IGNORECASE)]
    return {word for text in builders for word in re.findall(r"\w+", text)}
