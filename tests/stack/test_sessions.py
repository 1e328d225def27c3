"""Sessions of every kind, open at once on one catalog: each sees at its next statement what another one has done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sessions import Session, gateway_session, jdbc, pyflink, sql_client

from headrace.stack.stack import Stack

DATABASE = "shared_by_sessions"


@pytest.fixture(scope="module")
def sessions(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Session]]:
    """One of each kind, two SQL clients, in a database of their own."""
    with ExitStack() as opened:
        kinds = {"first SQL client": sql_client, "second SQL client": sql_client, "JDBC": jdbc, "PyFlink": pyflink}
        every: dict[str, Session] = {
            name: opened.enter_context(kind(stack, tmp_path_factory.mktemp("session"))) for name, kind in kinds.items()
        }
        every["gateway"] = opened.enter_context(gateway_session(stack))
        for session in every.values():
            session.run("CREATE CATALOG IF NOT EXISTS headrace WITH ('type' = 'headrace', 'path' = '${catalog.path}')")
            session.run("USE CATALOG headrace")
            session.run(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")
            session.run(f"USE {DATABASE}")
            assert "headrace" in session.run("SHOW CURRENT CATALOG")
            assert DATABASE in session.run("SHOW CURRENT DATABASE")
        yield every
        every["gateway"].run("USE `default`")
        every["gateway"].run(f"DROP DATABASE {DATABASE} CASCADE")


def test_each_sees_what_another_creates(sessions: dict[str, Session]) -> None:
    for name, session in sessions.items():
        made = name.replace(" ", "_").lower()
        session.run(f"CREATE TABLE t_{made} (a INT) WITH ('connector' = 'datagen')")
        session.run(f"CREATE VIEW v_{made} AS SELECT a FROM t_{made}")  # noqa: S608  (a name of ours)
        session.run(f"CREATE FUNCTION f_{made} AS 'udf.sentiment.sentiment' LANGUAGE PYTHON")
        for reader, other in sessions.items():
            tables, functions = other.run("SHOW TABLES"), other.run("SHOW USER FUNCTIONS")
            assert f"t_{made}" in tables, (name, reader, tables)
            assert f"v_{made}" in tables, (name, reader, tables)
            assert f"f_{made}" in functions, (name, reader, functions)


def test_each_uses_what_another_has_created(sessions: dict[str, Session]) -> None:
    sessions["gateway"].run("CREATE FUNCTION mood AS 'udf.sentiment.sentiment' LANGUAGE PYTHON")
    sessions["PyFlink"].run("CREATE VIEW moods AS SELECT mood(content) AS mood FROM (VALUES ('好')) AS t(content)")
    for name, session in sessions.items():
        plan = session.run("EXPLAIN SELECT * FROM moods")
        assert "mood(" in plan, (name, plan)


def test_each_sees_what_another_changes(sessions: dict[str, Session]) -> None:
    sessions["JDBC"].run("CREATE TABLE changing (c0 INT) WITH ('connector' = 'datagen')")
    for number, (name, session) in enumerate(sessions.items(), start=1):
        session.run(f"ALTER TABLE changing ADD (c{number} INT)")
        for reader, other in sessions.items():
            # Not DESCRIBE, of which Flink's JDBC driver cannot read the booleans.
            created = other.run("SHOW CREATE TABLE changing")
            assert f"`c{number}` INT" in created, (name, reader, created)
    sessions["PyFlink"].run("DROP TABLE changing")
    for reader, session in sessions.items():
        assert "changing" not in session.run("SHOW TABLES"), reader


def test_one_of_several_creates(sessions: dict[str, Session]) -> None:
    with ThreadPoolExecutor(len(sessions)) as threads:
        answers = threads.map(lambda session: session.run("CREATE TABLE contested (a INT)"), sessions.values())
        said = dict(zip(sessions, answers, strict=True))
    losers = {name for name, text in said.items() if "contested already exists" in text}
    assert len(losers) == len(sessions) - 1, said
