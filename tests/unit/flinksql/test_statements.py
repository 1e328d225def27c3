"""Splitting files into statements."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.errors import StatementError
from headrace.flinksql import statements
from headrace.flinksql.statements import split_statements


def texts(sql: str) -> list[str]:
    return [statement.text for statement in split_statements(sql, "a.sql")]


def test_examples_in_the_documentation() -> None:
    assert doctest.testmod(statements).failed == 0


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("", []),
        (" \n\t", []),
        (";;\n;", []),
        ("-- nothing\n/* but */ // comments", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;", ["SELECT 1"]),
        ("SELECT 1;SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("  SELECT 1  ;\n\n  SELECT 2  ", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';'; SELECT 2", ["SELECT ';'", "SELECT 2"]),
        ("SELECT 'it''s; fine'; SELECT 2", ["SELECT 'it''s; fine'", "SELECT 2"]),
        ("SELECT ''; SELECT 2", ["SELECT ''", "SELECT 2"]),
        ("SELECT '''' ; SELECT 2", ["SELECT ''''", "SELECT 2"]),
        ("SELECT 'a\nb;'", ["SELECT 'a\nb;'"]),
        ("SELECT `a;b`; SELECT 2", ["SELECT `a;b`", "SELECT 2"]),
        ("SELECT `a``;b`; SELECT 2", ["SELECT `a``;b`", "SELECT 2"]),
        ("SELECT `it's`; SELECT 2", ["SELECT `it's`", "SELECT 2"]),
        ("SELECT '`'; SELECT 2", ["SELECT '`'", "SELECT 2"]),
        ("SELECT '--'; SELECT '//'; SELECT '/*'", ["SELECT '--'", "SELECT '//'", "SELECT '/*'"]),
        ("SELECT 6 - 2; SELECT 6 / 2; SELECT -1", ["SELECT 6 - 2", "SELECT 6 / 2", "SELECT -1"]),
        ("SELECT 'https://example.org/*'", ["SELECT 'https://example.org/*'"]),
        ("SELECT '很好；不错'", ["SELECT '很好；不错'"]),
    ],
)
def test_statements_end_at_semicolons_outside_of_quotes(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("-- first; not yet\nSELECT 1", ["SELECT 1"]),
        ("SELECT 1 -- it's; one\n; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("SELECT 1 // it's; one\n; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("SELECT /* a; `b */ 1; SELECT 2", ["SELECT             1", "SELECT 2"]),
        ("SELECT 1 /* ** / */; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("SELECT 1 -- at the end", ["SELECT 1"]),
        ("SELECT 1; -- after the end", ["SELECT 1"]),
    ],
)
def test_comments_are_blank(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


def test_statement_knows_the_line_of_its_first_word() -> None:
    sql = "-- a comment\n\nSELECT 'two\nlines';\n\n/* three\nmore\nlines */ SELECT 2;\nSELECT 3"
    assert [statement.line for statement in split_statements(sql, "a.sql")] == [3, 8, 9]


def test_a_comment_inside_a_statement_keeps_its_lines() -> None:
    """A position that Flink names in the statement is a line of the file."""
    [statement] = split_statements("SELECT 1, -- one\n/* two\nthree */\n4", "a.sql")
    assert statement.text.split("\n")[3] == "4"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT 1;\nSELECT 'open", "a.sql:2:8: a string opens here and does not end. Close it with '"),
        ("SELECT 'it''s open", "a.sql:1:8: a string opens here and does not end. Close it with '"),
        ("SELECT\n\n`open", "a.sql:3:1: a quoted name opens here and does not end. Close it with `"),
        ("SELECT 1 /* open", "a.sql:1:10: a comment opens here and does not end. Close it with */"),
        ("/* open", "a.sql:1:1: a comment opens here and does not end. Close it with */"),
        ("/* a */ /* /", "a.sql:1:9: a comment opens here and does not end. Close it with */"),
        ("BEGIN; STATEMENT SET BEGIN", "a.sql:1:22: a statement set begins here and does not end. Close it with END;"),
    ],
)
def test_unclosed_things_name_their_place_and_the_remedy(sql: str, message: str) -> None:
    with pytest.raises(StatementError) as raised:
        split_statements(sql, "a.sql")
    assert str(raised.value).splitlines()[0] == message


def test_first_words_are_in_capitals() -> None:
    [statement] = split_statements("create  view\nv AS SELECT 1", "a.sql")
    assert statement.words(2) == ["CREATE", "VIEW"]
    assert statement.words(100)[-1] == "1"


WORDS = st.text(alphabet=st.characters(exclude_characters="'`;-/*", exclude_categories=["Z", "C"]), min_size=1)
STRINGS = st.text().map(lambda text: "'" + text.replace("'", "''") + "'")
NAMES = st.text(min_size=1).map(lambda text: "`" + text.replace("`", "``") + "`")
UNICODE = STRINGS.map("U&{}".format)
HINTS = st.lists(WORDS.map(lambda word: word.replace('"', "")) | STRINGS).map(lambda parts: f"/*+ {' '.join(parts)} */")
STATEMENTS = st.lists(WORDS | STRINGS | NAMES | UNICODE | HINTS, min_size=1).map(" ".join)
COMMENTS = st.sampled_from(["", " ", "\n", "-- it's; a `comment\n", "/* it's; a `comment */", "// it's;\n"])


@given(st.lists(st.tuples(COMMENTS, STATEMENTS, COMMENTS)))
def test_joined_statements_split_into_the_same(parts: list[tuple[str, str, str]]) -> None:
    sql = "".join(f"{before}{statement}{after};" for before, statement, after in parts)
    assert texts(sql) == [statement for _, statement, _ in parts]


@given(st.lists(st.tuples(COMMENTS, STATEMENTS)))
def test_lines_are_those_of_the_file(parts: list[tuple[str, str]]) -> None:
    sql = "".join(f"{before}{statement};" for before, statement in parts)
    lines = sql.split("\n")
    for statement in split_statements(sql, "a.sql"):
        assert statement.text.split("\n")[0] in lines[statement.line - 1]


@given(STATEMENTS, COMMENTS, STATEMENTS)
def test_splitting_again_changes_nothing(first: str, between: str, second: str) -> None:
    once = texts(f"{first}{between};{second}")
    assert texts(";\n".join(once)) == once


SETS = st.lists(STATEMENTS, min_size=1).map(lambda parts: f"EXECUTE STATEMENT SET BEGIN {' ; '.join(parts)} ; END")


@given(st.lists(st.tuples(COMMENTS, STATEMENTS | SETS, COMMENTS)))
def test_statements_stand_where_they_say_and_nothing_is_left_out(parts: list[tuple[str, str, str]]) -> None:
    """Joined at their places, the statements are the file without its comments."""
    sql = "".join(f"{before}{statement}{after};" for before, statement, after in parts)
    without_comments = "".join(f"{blank(before)}{statement}{blank(after)};" for before, statement, after in parts)
    lines = sql.split("\n")
    rest = list(without_comments)
    for statement in split_statements(sql, "a.sql"):
        start = sum(len(line) + 1 for line in lines[: statement.line - 1]) + statement.column - 1
        assert without_comments[start:].startswith(statement.text)
        rest[start : start + len(statement.text)] = " " * len(statement.text)
    assert set(rest) <= {" ", "\n", ";"}


def blank(comment: str) -> str:
    return re.sub(r"[^\n]", " ", comment)
