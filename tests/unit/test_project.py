"""Reading the SQL files of a project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.errors import DeployError, StatementError
from headrace.project import read_project
from headrace.settings import PROJECT

WriteProject = Callable[[dict[str, str]], Path]


def test_this_project_can_be_read() -> None:
    project = read_project(PROJECT)
    assert "comments" in [job.name for job in project.jobs]


def test_statements_come_in_the_order_of_their_creation(write_project: WriteProject) -> None:
    project = read_project(write_project({"sql/comments/_settings.sql": "SET 'parallelism.default' = '2';"}))
    assert [statement.file for statement in (*project.session, *project.catalog)] == [
        "catalog/session.sql",
        "catalog/sources/comments.sql",
        "catalog/features/scores.sql",
        "catalog/functions/score.sql",
        "catalog/views/scored.sql",
    ]
    [job] = project.jobs
    assert job.name == "comments"
    assert [statement.text for statement in job.settings] == ["SET 'parallelism.default' = '2'"]
    assert [statement.file for statement in job.inserts] == ["sql/comments/scores.sql"]


@pytest.mark.parametrize(
    "source", ["FROM z", "FROM `z`", "FROM (SELECT * FROM z)", "FROM TABLE(z)", "FROM comments,z", "FROM headrace.d.z"]
)
def test_a_view_comes_after_the_views_that_it_names(write_project: WriteProject, source: str) -> None:
    root = write_project(
        {
            "catalog/views/a.sql": f"CREATE VIEW a AS SELECT *\n{source};",
            "catalog/views/z.sql": "CREATE VIEW z AS SELECT * FROM comments;",
        }
    )
    views = [s.file for s in read_project(root).catalog if s.file.startswith("catalog/views")]
    assert views.index("catalog/views/z.sql") < views.index("catalog/views/a.sql")


def test_views_that_name_each_other_are_refused(write_project: WriteProject) -> None:
    root = write_project(
        {
            "catalog/views/a.sql": "CREATE VIEW a AS SELECT * FROM b;",
            "catalog/views/b.sql": "CREATE VIEW b AS SELECT * FROM a;",
        }
    )
    with pytest.raises(DeployError) as raised:
        read_project(root)
    expected = "catalog/views/a.sql, catalog/views/b.sql: each names the other. Break the circle."
    assert str(raised.value) == expected


def test_tables_may_have_columns_called_as_other_tables(write_project: WriteProject) -> None:
    root = write_project(
        {
            "catalog/features/item.sql": "CREATE TABLE item (shop STRING);",
            "catalog/features/shop.sql": "CREATE TABLE shop (item STRING);",
        }
    )
    assert len(read_project(root).catalog) == 6


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "catalog/views/scored.sql",
            "\nDROP VIEW scored;",
            "catalog/views/scored.sql:2: DROP VIEW …: only CREATE statements belong here. Move it",
        ),
        (
            "sql/comments/scores.sql",
            "CREATE TABLE t (a INT);",
            "sql/comments/scores.sql:1: CREATE TABLE …: only INSERT statements belong here. Move it",
        ),
        (
            "sql/comments/_settings.sql",
            "USE CATALOG c;",
            "sql/comments/_settings.sql:1: USE CATALOG …: only SET statements belong here. Move it",
        ),
        (
            "sql/comments/scores.sql",
            "INSERT INTO scores SELECT 1;\nINSERT INTO scores SELECT 2;",
            "sql/comments/scores.sql: it holds 2 statements, and a feature is one INSERT. Give each feature a file",
        ),
        (
            "sql/comments/scores.sql",
            "-- nothing yet",
            "sql/comments/scores.sql: it holds 0 statements, and a feature is one INSERT. Give each feature a file",
        ),
        ("sql/invoices/_settings.sql", "SET 'a' = 'b';", "sql/invoices: no feature in it. Add <feature>.sql, or"),
    ],
)
def test_wrong_contents_are_refused(write_project: WriteProject, file: str, text: str, message: str) -> None:
    with pytest.raises(DeployError) as raised:
        read_project(write_project({file: text}))
    assert str(raised.value).startswith(message)


def test_unclosed_things_are_told_with_their_file(write_project: WriteProject) -> None:
    root = write_project({"sql/comments/scores.sql": "INSERT INTO scores\nSELECT 'open"})
    with pytest.raises(StatementError, match=r"^sql/comments/scores\.sql:2:\d+: a string opens here"):
        read_project(root)


def test_files_in_another_encoding_are_refused(write_project: WriteProject) -> None:
    root = write_project({})
    (root / "catalog/views/scored.sql").write_bytes("-- 评论\n".encode("gbk"))
    with pytest.raises(DeployError, match=r"^catalog/views/scored\.sql: byte 3 is not UTF-8\. Save the file as UTF-8"):
        read_project(root)
