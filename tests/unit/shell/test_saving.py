"""Files of a feature that a query becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.errors import ShellError
from headrace.project import read_project
from headrace.shell.mending import quoted
from headrace.shell.saving import (
    Feature,
    likely_key,
    linted,
    refuse_taken,
    refuse_wrong,
    without_limit,
    without_star,
    write,
)
from headrace.sql_gateway.client import Column

COLUMNS = (Column("item_id", "STRING"), Column("window_end", "TIMESTAMP(3)"), Column("count", "BIGINT"))


def feature(**others: object) -> Feature:
    given = {
        "name": "item_counts", "job": "items", "query": "SELECT 1", "columns": COLUMNS, "key": ("item_id",),
        "about": "comments an item", "ttl": "7 d",
    }  # fmt: skip
    return Feature(**{**given, **others})  # type: ignore[arg-type]


def test_files_are_those_of_a_feature(write_project: Callable[[dict[str, str]], Path]) -> None:
    root = write_project({})
    insert = feature().insert(quoted, deduplicate=True)
    files = write(feature(), root, quoted, insert)
    assert [file.relative_to(root).as_posix() for file in files] == [
        "catalog/features/item_counts.sql",
        "sql/items/item_counts.sql",
    ]
    assert files[0].read_text() == (
        "-- item_counts:<item_id>: comments an item\n"
        "CREATE TABLE item_counts (\n"
        "    item_id    STRING,\n"
        "    window_end TIMESTAMP(3),\n"
        "    `count`    BIGINT,\n"
        "    PRIMARY KEY (item_id) NOT ENFORCED\n"
        ") WITH (\n"
        "    'connector' = 'redis',\n"
        "    'url' = '${redis.url}',\n"
        "    'password-file' = '${redis.password-file}',\n"
        "    'ttl' = '7 d',\n"
        "    'newer-wins.column' = 'window_end'\n"
        ");\n"
    )
    assert files[1].read_text() == (
        "-- comments an item\nINSERT INTO item_counts\nSELECT 1\nON CONFLICT DO DEDUPLICATE;\n"
    )
    assert "items" in [job.name for job in read_project(root).jobs]


def test_nothing_is_written_over(write_project: Callable[[dict[str, str]], Path]) -> None:
    root = write_project({"sql/items/item_counts.sql": "INSERT INTO item_counts SELECT 2;"})
    with pytest.raises(ShellError, match=r"item_counts\.sql: it cannot be written.*Nothing was saved"):
        write(feature(), root, quoted, "INSERT")
    assert not (root / "catalog/features/item_counts.sql").exists()
    assert "SELECT 2" in (root / "sql/items/item_counts.sql").read_text()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("scores", r"catalog/features/scores\.sql exists"),
        ("comments", r"catalog/sources/comments\.sql exists"),
        ("Scores", "small letters"),
        ("../scores", "small letters"),
        ("there", "the catalog has a table"),
    ],
)
def test_taken_or_wrong_names_are_refused(
    write_project: Callable[[dict[str, str]], Path], name: str, message: str
) -> None:
    with pytest.raises(ShellError, match=message):
        refuse_taken(write_project({}), name, ["there"])


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"job": "../items"}, "no job"),
        ({"key": ("item",)}, "no column 'item' in the result. Choose of: item_id, window_end, count"),
        ({"key": ()}, "no column"),
        ({"about": ""}, "what they find"),
        ({"about": "a\nb"}, "what they find"),
        ({"ttl": "7 d' , 'x' = 'y"}, "no time"),
    ],
)
def test_wrong_answers_are_refused(others: dict[str, object], message: str) -> None:
    with pytest.raises(ShellError, match=message):
        refuse_wrong(feature(**others))


def test_likely_key() -> None:
    assert likely_key("SELECT … GROUP BY t.item_id, window_start, window_end", COLUMNS) == ("item_id",)
    assert likely_key("SELECT … FROM t", COLUMNS) == ("item_id",)
    assert likely_key("SELECT … FROM t", (Column("a", "INT"), Column("b", "INT"))) == ("a",)


def test_feature_has_no_limit() -> None:
    assert without_limit("SELECT a FROM t\nlimit 5 ", has_limit=True) == "SELECT a FROM t"
    assert without_limit("SELECT a FROM t", has_limit=False) == "SELECT a FROM t"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM t", "SELECT item_id, window_end, `count` FROM t"),
        ("SELECT *, 1 AS `count` FROM t", "SELECT item_id, window_end, 1 AS `count` FROM t"),
        ("SELECT f(x) AS item_id, * FROM t", "SELECT f(x) AS item_id, window_end, `count` FROM t"),
        ("SELECT a FROM t", "SELECT a FROM t"),
        ("SELECT COUNT(*) AS n FROM t", "SELECT COUNT(*) AS n FROM t"),
        (
            "SELECT * FROM t JOIN u ON t.a = u.b",
            "SELECT * FROM t JOIN u ON t.a = u.b",
        ),  # whose column it is, nobody says
    ],
)
def test_feature_names_its_columns(query: str, named: str) -> None:
    assert without_star(query, COLUMNS) == named


def test_new_job_keeps_state_as_long_as_the_session(write_project: Callable[[dict[str, str]], Path]) -> None:
    root = write_project({})
    files = write(feature(state_ttl="1 h"), root, quoted, "INSERT INTO item_counts SELECT 1")
    assert files[-1].relative_to(root).as_posix() == "sql/items/_settings.sql"
    assert files[-1].read_text() == "SET 'table.exec.state.ttl' = '1 h';\n"
    again = write(feature(name="others", state_ttl="2 h"), root, quoted, "INSERT INTO others SELECT 1")
    assert len(again) == 2  # the job has its own settings


def test_what_only_this_session_knows_is_not_saved(write_project: Callable[[dict[str, str]], Path]) -> None:
    root = write_project({})
    files = write(feature(), root, quoted, "INSERT INTO item_counts SELECT item_id, window_end, `count` FROM mine")
    with pytest.raises(ShellError, match=r"sql/items/item_counts\.sql:2.*no table or view mine.*Nothing was saved"):
        linted(root, files)
    assert not any(file.exists() for file in files)
