"""Statements and commands of a text."""

from __future__ import annotations

import pytest

from headrace.errors import ShellError, StatementError
from headrace.flinksql.statements import Statement
from headrace.shell.script import Command, is_complete, read_script, what_is_open


def test_commands_stand_between_statements() -> None:
    items = read_script("SELECT 1;\n\\save mood --about 'how people feel'\n\nSELECT\n 2;", "a.sql")
    assert [type(item) for item in items] == [Statement, Command, Statement]
    assert items[1].line == 2
    assert items[2].line == 4


def test_backslash_within_a_statement_is_its_own() -> None:
    [statement] = read_script("SELECT '\n\\help\n';")
    assert isinstance(statement, Statement)
    assert "\\help" in statement.text


def test_command_has_words() -> None:
    [command] = read_script("\\save mood --key 'a, b';")
    assert command == Command("save", ("mood", "--key", "a, b"), "", 1)


def test_open_quotation_mark_is_told() -> None:
    with pytest.raises(ShellError, match=r"a\.sql:1: .*no closing quotation.*Close"):
        read_script("\\save mood --about 'what", "a.sql")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("SELECT 1; -- and so", True),
        ("SELECT 1; SELECT 2", False),
        ("SELECT ';", False),
        ("SELECT 1 /* ; ", False),
        ("\\help", True),
        ("  \\describe comments", True),
    ],
)
def test_statement_is_whole_with_its_semicolon(text: str, whole: bool) -> None:
    assert is_complete(text) is whole


def test_what_is_not_closed_is_told_with_its_line() -> None:
    with pytest.raises(
        StatementError, match=r"^line 2, column 1: a string opens here and does not end\. Close it with '"
    ):
        read_script("SELECT 1,\n'a;")
    with pytest.raises(StatementError, match=r"^a\.sql:2:1: a string opens here"):
        read_script("SELECT 1,\n'a;", "a.sql")
    assert what_is_open("SELECT `a") == "line 1, column 8: a quoted name opens here and does not end. Close it with `"
    assert what_is_open("SELECT 'a'") == ""
