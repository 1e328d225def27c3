"""What cannot be followed is told with its place, and the rest is followed all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from headrace.flinksql.lineage import LineageGraph, read_lineage
from headrace.project import read_project

WriteProject = Callable[[dict[str, str]], Path]


def graph_of(root: Path) -> LineageGraph:
    return read_lineage(read_project(root), lambda model: ())


def facts(graph: LineageGraph, file: str) -> list[tuple[int, str]]:
    return [(each.line, each.fact) for each in graph.untraced if each.file == file]


def test_a_column_that_is_not_there(write_project: WriteProject) -> None:
    view = "CREATE VIEW scored AS\nSELECT content AS score,\n  contant AS other FROM comments;"
    graph = graph_of(write_project({"catalog/views/scored.sql": view}))
    found = facts(graph, "catalog/views/scored.sql")
    assert (3, "it is not known what column contant stands for") in found
    assert any(line == 3 and "Did you mean content?" in fact for line, fact in found)
    assert [edge.source for edge in graph.above("scored.score")] == ["comments.content"]
    assert [edge.source for edge in graph.above("scores.score")] == ["scored.score"]


def test_a_statement_that_cannot_be_read(write_project: WriteProject) -> None:
    graph = graph_of(write_project({"catalog/views/scored.sql": "CREATE VIEW scored AS SELECT FROM;"}))
    assert any("it cannot be read" in fact for _, fact in facts(graph, "catalog/views/scored.sql"))
    assert "scored" not in graph.nodes


def test_an_insert_into_a_table_that_is_not_there(write_project: WriteProject) -> None:
    graph = graph_of(write_project({"sql/comments/scores.sql": "INSERT INTO nowhere SELECT content FROM comments;"}))
    assert facts(graph, "sql/comments/scores.sql") == [(1, "there is no table nowhere")]
    assert graph.nodes["scores"].role == "source"


def test_a_function_that_makes_columns_of_a_table(write_project: WriteProject) -> None:
    view = "CREATE VIEW scored AS SELECT * FROM ML_PREDICT(TABLE comments, MODEL m, DESCRIPTOR(content));"
    graph = graph_of(write_project({"catalog/views/scored.sql": view}))
    found = facts(graph, "catalog/views/scored.sql")
    assert (1, "the columns that ML_PREDICT makes of a table are not followed") in found
    assert ("comments", "rows") in {(edge.source, edge.kind) for edge in graph.above("scored")}


def test_two_jobs_that_write_one_table_are_both_told(write_project: WriteProject) -> None:
    second = {"sql/again/scores.sql": "INSERT INTO scores SELECT CHAR_LENGTH(content) FROM comments;"}
    graph = graph_of(write_project(second))
    assert graph.nodes["scores"].job == "again, comments"
    assert [(edge.source, edge.file) for edge in graph.above("scores.score")] == [
        ("comments.content", "sql/again/scores.sql"),
        ("scored.score", "sql/comments/scores.sql"),
    ]


def test_a_json_field_is_followed_through_what_copies_its_column(write_project: WriteProject) -> None:
    files = {
        "catalog/views/passed.sql": "CREATE VIEW passed AS SELECT content AS body FROM comments;",
        "catalog/views/scored.sql": "CREATE VIEW scored AS SELECT JSON_VALUE(body, '$.n') AS score FROM passed;",
    }
    graph = graph_of(write_project(files))
    reached = graph.upstream("scores.score", rows=False)
    assert "comments.content.$.n" in reached.nodes
    assert "comments.content" not in reached.nodes
    assert "scores.score" in graph.downstream("comments.content.$.n").nodes
    assert "scores.score" in graph.downstream("comments.content").nodes
