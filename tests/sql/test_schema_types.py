"""Columns and types that we work out of a query are those that Flink works out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.parsing import parse_statement
from headrace.flinksql.schema import ProjectSchema
from headrace.flinksql.schema.built_in import BuiltIn, built_in_functions
from headrace.flinksql.schema.relations import RelationColumn
from headrace.flinksql.statements import split_statements
from headrace.project import CATALOG_FOLDERS
from headrace.settings import PROJECT, settings
from headrace.testing.planner import PlannerSession

WELL_FORMED = PROJECT / "tests" / "lint" / "well_formed.sql"
LINTED = LintProject(PROJECT / "tests" / "lint" / "project", [WELL_FORMED])
QUERIES = [query for query in LINTED.queries if query.file.kind == "other" and not query.name]
CALLED = [function for function in built_in_functions().values() if function.example]
TABLE = """
CREATE TABLE rows_of_all (i INT, s STRING, d DOUBLE, ts BIGINT, t AS TO_TIMESTAMP_LTZ(ts, 3), WATERMARK FOR t AS t)
WITH ('connector' = 'datagen')
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> PlannerSession:
    """A session with the tables of the queries."""
    opened = PlannerSession(settings(), tmp_path_factory.mktemp("plans"))
    for file in [*(file for kind in CATALOG_FOLDERS for file in LINTED.of_kind(kind)), *LINTED.of_kind("other")]:
        for each in file.statements:
            if each.statement.words(1) == ["CREATE"]:
                opened.execute(each.statement.text, file.name)
    opened.execute(TABLE)
    return opened


@pytest.mark.parametrize("query", QUERIES, ids=[f"line-{query.statement.line}" for query in QUERIES])
def test_query_has_flinks_columns(query: Query, session: PlannerSession) -> None:
    assert session.explain(query.statement.text)
    found = session.columns(query.statement.text)
    assert [(column.name, text_of(column)) for column in query.resolution.columns] == [
        (name, plain(kind)) for name, kind in found
    ]
    for column, (_, kind) in zip(query.resolution.columns, found, strict=True):
        assert column.type
        assert not column.type.time or f"*{column.type.time.upper()}*" in kind


@pytest.mark.parametrize("function", CALLED, ids=[function.name for function in CALLED])
def test_built_in_function_has_flinks_type(function: BuiltIn, session: PlannerSession) -> None:
    query = f"SELECT {function.example} AS x FROM rows_of_all"  # noqa: S608
    [(_, kind)] = session.columns(query)
    schema = ProjectSchema.of_statements(Path(), split_statements(TABLE, "t.sql"))
    [column] = schema.resolve(parse_statement(query)).columns
    if column.type is None:
        assert function.result in {"?", "rounded"}
    else:
        assert text_of(column) == plain(kind)


def text_of(column: RelationColumn) -> str:
    """A type as text, without what we do not work out: whether it may be NULL."""
    return plain(str(column.type))


def plain(kind: str) -> str:
    """Flink's text of a type without NOT NULL, and without the mark of a time attribute."""
    return re.sub(r" \*\w+\*| NOT NULL|`", "", kind)
