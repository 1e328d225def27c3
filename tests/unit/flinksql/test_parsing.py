"""Errors of syntax: the place, the fact, the remedy; each wrong statement is a file with the expected message."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.errors import StatementError
from headrace.flinksql.parsing import FlinkSyntaxError, parse_script, parse_statement

ERRORS = sorted((Path(__file__).parent / "errors").glob("*.sql"))


@pytest.mark.parametrize("file", ERRORS, ids=lambda file: file.stem)
def test_a_wrong_file_is_explained(file: Path) -> None:
    """The message is what stands behind `-- error:` lines at the file's end."""
    text, _, expected = file.read_text(encoding="utf-8").partition("-- error:\n")
    with pytest.raises(StatementError) as caught:
        parse_script(text, file.name)
    assert str(caught.value).splitlines() == [line.removeprefix("--")[1:] for line in expected.splitlines()]


def test_there_are_wrong_files() -> None:
    assert len(ERRORS) >= 10


def test_a_place_is_where_it_stands_in_the_file() -> None:
    with pytest.raises(FlinkSyntaxError) as caught:
        parse_script("SELECT 1; SELECT a,\n  comment FROM t;", "a.sql")
    error = caught.value
    assert (error.file, error.line, error.column) == ("a.sql", 2, 3)
    with pytest.raises(FlinkSyntaxError) as caught:
        parse_script("-- a comment\nSELECT 1; SELECT comment FROM t;", "a.sql")
    assert (caught.value.line, caught.value.column) == (2, 18)


def test_comments_do_not_move_places() -> None:
    with pytest.raises(FlinkSyntaxError) as caught:
        parse_script("SELECT /* so many words */ a, comment FROM t", "a.sql")
    assert caught.value.column == 31


def test_a_script_has_a_tree_for_each_statement() -> None:
    parsed = parse_script("SET 'a' = 'b';\n\nINSERT INTO s SELECT a FROM t;\n", "a.sql")
    assert [(item.statement.line, item.tree.key) for item in parsed] == [(1, "setoption"), (3, "insert")]


@pytest.mark.parametrize("text", ["", ";", "SELECT 1; SELECT 2", "a + 1", "`a`", "f(1)", "(1, 2)", "a AS b"])
def test_anything_else_than_one_statement_is_an_error(text: str) -> None:
    with pytest.raises(FlinkSyntaxError):
        parse_statement(text)
