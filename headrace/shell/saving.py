r"""`\save <feature>`: a query that has proved itself becomes the files of a feature."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlglot import exp

from headrace.errors import GatewayError, ShellError
from headrace.flinksql.parsing import parse_statement
from headrace.project import JOB_SETTINGS
from headrace.sql_gateway.client import Column, GatewaySession, StatementFailedError

if TYPE_CHECKING:
    from headrace.flinksql.lint.finding import Finding

UNTESTED = "feature-without-test"
NAME = re.compile(r"[a-z_][a-z0-9_]*")
# Columns that tell of two rows which one is the newer, the best first.
TIMES = ("window_end", "event_time", "window_time")
DEDUPLICATE = "ON CONFLICT DO DEDUPLICATE"
_PLACEHOLDER = re.compile(r"\$\{([\w.-]+)\}")
_TIME_ATTRIBUTE = re.compile(r" \*(?:ROWTIME|PROCTIME)\*")


@dataclass(frozen=True)
class Feature:
    """What is to be saved.

    Attributes:
        name: of the feature, its table and its files.
        job: the folder in sql/.
        query: without a semicolon.
        columns: of its result.
        key: the names of the primary key's columns.
        about: one sentence for readers.
        ttl: how long Redis keeps a row.
        state_ttl: how long Flink keeps a key, where the session says so: a new job then says it, too.
    """

    name: str
    job: str
    query: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    about: str
    ttl: str
    state_ttl: str = ""

    def table(self, quoted: Callable[[str], str]) -> str:
        """CREATE TABLE, with the options that features have."""
        names = [quoted(column.name) for column in self.columns]
        width = max(map(len, names))
        columns = [f"    {name:<{width}} {column.type}," for name, column in zip(names, self.columns, strict=True)]
        key = ", ".join(quoted(name) for name in self.key)
        options = {
            "connector": "redis",
            "url": "${redis.url}",
            "password-file": "${redis.password-file}",
            "ttl": self.ttl,
        }
        newest = next(
            (c.name for t in TIMES for c in self.columns if c.name == t and c.type.startswith("TIMESTAMP")), None
        )
        if newest:
            options["newer-wins.column"] = newest
        return "\n".join(
            [
                f"CREATE TABLE {quoted(self.name)} (",
                *columns,
                f"    PRIMARY KEY ({key}) NOT ENFORCED",
                ") WITH (",
                ",\n".join(f"    '{option}' = '{value}'" for option, value in options.items()),
                ")",
            ]
        )

    def insert(self, quoted: Callable[[str], str], deduplicate: bool) -> str:
        """INSERT INTO, which the job runs."""
        end = f"\n{DEDUPLICATE}" if deduplicate else ""
        return f"INSERT INTO {quoted(self.name)}\n{self.query.strip()}{end}"

    def files(self, root: Path) -> tuple[Path, Path]:
        """The feature's two files: of its table, and of its statement."""
        return root / "catalog" / "features" / f"{self.name}.sql", root / "sql" / self.job / f"{self.name}.sql"


def refuse_taken(root: Path, name: str, tables: Sequence[str]) -> None:
    """Makes sure that a feature of that name does not exist.

    Raises:
        ShellError: the name is none for a feature, or something has it.
    """
    if not NAME.fullmatch(name):
        raise ShellError(f"\\save {name}: a feature's name has small letters, digits and _ only. Choose another name.")
    taken = [*(root / "catalog").glob(f"*/{name}.sql"), *(root / "sql").glob(f"*/{name}.sql")]
    if taken:
        raise ShellError(
            f"\\save {name}: {taken[0].relative_to(root)} exists. Choose another name, or remove the file."
        )
    if name in tables:
        raise ShellError(
            f"\\save {name}: the catalog has a table of that name. Choose another name, or drop the table."
        )


def without_limit(query: str, has_limit: bool) -> str:
    """A query as a feature has it: all of its rows.

    >>> without_limit("SELECT a FROM t\\nLIMIT 5", has_limit=True)
    'SELECT a FROM t'
    """
    return re.sub(r"\s+LIMIT\s+\d+\s*$", "", query, flags=re.IGNORECASE) if has_limit else query


def without_star(query: str, columns: Sequence[Column]) -> str:
    """A query that names its columns, where it has a * for them: a column that the table gains later is none of it.

    >>> without_star("SELECT * FROM t", [Column("a", "INT"), Column("date", "DATE")])
    'SELECT a, `date` FROM t'
    """
    tree = parse_statement(query)
    stars = [number for number, each in enumerate(tree.expressions) if each.is_star] if _is_plain(tree) else []
    if len(stars) != 1:
        return query
    first, others = stars[0], len(tree.expressions) - 1
    named = [exp.column(exp.to_identifier(column.name)) for column in columns[first : len(columns) - others + first]]
    tree.set("expressions", [*tree.expressions[:first], *named, *tree.expressions[first + 1 :]])
    return str(tree.sql("flink", pretty="\n" in query))


def _is_plain(tree: exp.Expr) -> bool:
    """Whether it is a SELECT over one table, in which a name says which column is meant."""
    return isinstance(tree, exp.Select) and not tree.args.get("joins")


def linted(root: Path, files: Sequence[Path]) -> list[Finding]:
    """What `headrace lint` says of a new feature's files, but for its missing test.

    Raises:
        ShellError: a finding says that Flink refuses them at a deployment, though this session took them; the files
            are removed.
    """
    from headrace.flinksql.lint.linter import lint
    from headrace.flinksql.lint.rule import all_rules

    found = [finding for finding in lint(root, files)[1] if finding.rule != UNTESTED]
    refused = {rule.name for rule in all_rules() if rule.flink_refuses}
    for finding in found:
        if finding.rule in refused:
            for file in files:
                file.unlink()
            raise ShellError(
                f"\\save: outside this session Flink would refuse it: {finding.place}: {finding.fact}. "
                f"{finding.remedy} Nothing was saved."
            )
    return found


def result_columns(session: GatewaySession, query: str) -> tuple[Column, ...]:
    """The columns of a query's result, as Flink types them; the query is not run.

    Raises:
        StatementFailedError: Flink refuses the query.
        ShellError: a column has no name.
    """
    view = f"saved_{uuid.uuid4().hex[:8]}"
    session.rows(f"CREATE TEMPORARY VIEW {view} AS {query}")
    try:
        described = session.rows(f"DESCRIBE {view}")
    finally:
        session.rows(f"DROP TEMPORARY VIEW {view}")
    columns = tuple(Column(str(row[0]), _TIME_ATTRIBUTE.sub("", str(row[1]))) for row in described)
    for number, column in enumerate(columns, start=1):
        if column.name.startswith("EXPR$"):
            raise ShellError(
                f"\\save: column {number} of the query has no name. Give it one: … AS score; run the query again."
            )
    return columns


def refuse_wrong(feature: Feature) -> None:
    """Makes sure that the job is a folder's name, the key's columns are the result's, and the sentence is one line.

    Raises:
        ShellError: one of them is not.
    """
    if not re.fullmatch(r"\w+", feature.job):
        raise ShellError(f"\\save: '{feature.job}' is no job. Name a folder in sql/, or a new one: --job <job>")
    names = [column.name for column in feature.columns]
    wrong = [name for name in feature.key if name not in names]
    if wrong or not feature.key:
        raise ShellError(f"\\save: no column '{', '.join(wrong)}' in the result. Choose of: {', '.join(names)}")
    if not re.fullmatch(r"\d+ ?[a-z]+", feature.ttl):
        raise ShellError(f"\\save: '{feature.ttl}' is no time. Write, for example, --ttl '7 d'")
    if not feature.about.strip() or not feature.about.isprintable():
        raise ShellError("\\save: readers should know what they find. Say it in one line: --about '…'")


def likely_key(query: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """The columns that probably tell rows apart: what the query groups by, or the first that is called …_id."""
    names = [column.name for column in columns]
    grouped = re.search(r"\bGROUP\s+BY\s+([\w\s,.`]+)", query, re.IGNORECASE)
    if grouped:
        by = [part.strip().split(".")[-1].strip("`") for part in grouped[1].split(",")]
        key = tuple(name for name in by if name in names and not name.startswith("window_"))
        if key:
            return key
    return tuple(next(([name] for name in names if name.endswith("_id")), names[:1]))


def checked_insert(session: GatewaySession, feature: Feature, quoted: Callable[[str], str]) -> str:
    """The INSERT of a feature that Flink accepts into the feature's table, with ON CONFLICT where Flink wants it.

    Raises:
        StatementFailedError: Flink refuses it, or the table.
    """
    with _temporary_table(session, feature, quoted):
        try:
            statement = feature.insert(quoted, deduplicate=False)
            session.rows(f"EXPLAIN {statement}")
        except StatementFailedError as error:
            if "ON CONFLICT" not in error.trace:
                raise
            statement = feature.insert(quoted, deduplicate=True)
            session.rows(f"EXPLAIN {statement}")
    return statement


def write(feature: Feature, root: Path, quoted: Callable[[str], str], insert: str) -> list[Path]:
    """Writes the feature's files; a file that is there stays as it is.

    Raises:
        ShellError: a file exists, or cannot be written.
    """
    table_file, insert_file = feature.files(root)
    key = ":".join(f"<{name}>" for name in feature.key)
    texts = {
        table_file: f"-- {feature.name}:{key}: {feature.about}\n{feature.table(quoted)};\n",
        insert_file: f"-- {feature.about}\n{insert};\n",
    }
    if feature.state_ttl and not insert_file.parent.exists():
        settings = f"SET 'table.exec.state.ttl' = '{feature.state_ttl}';\n"
        texts[insert_file.with_name(JOB_SETTINGS)] = settings
    written: list[Path] = []
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
            written.append(file)
    except OSError as error:
        for file in written:
            file.unlink()
        raise ShellError(f"{error.filename}: it cannot be written: {error.strerror}. Nothing was saved.") from error
    return written


@contextlib.contextmanager
def _temporary_table(session: GatewaySession, feature: Feature, quoted: Callable[[str], str]) -> Iterator[None]:
    # The catalog fills placeholders in its own tables only.
    properties = session.properties()
    filled = _PLACEHOLDER.sub(lambda found: properties.get(f"headrace.{found[1]}", found[0]), feature.table(quoted))
    session.rows(filled.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
    try:
        yield
    finally:
        with contextlib.suppress(GatewayError):
            session.rows(f"DROP TEMPORARY TABLE {quoted(feature.name)}")
