"""Punctuation of Chinese keyboards."""

from __future__ import annotations

import pytest

from headrace.shell.punctuation import plain, replaced_characters
from headrace.shell.script import is_complete


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("SELECT sentiment（comment） FROM comments；", "SELECT sentiment(comment) FROM comments;"),
        ("SELECT a，b FROM t WHERE n ＞ 1", "SELECT a,b FROM t WHERE n > 1"),
        ("SELECT ‘太差了，真的；’", "SELECT '太差了，真的；'"),
        ("SELECT “他说（好）”", "SELECT '他说（好）'"),
        ("SELECT '它’s，“好”' AS `，`, 1 -- 注（一）；\n；", "SELECT '它’s，“好”' AS `，`, 1 -- 注（一）；\n;"),
        ("SELECT /* （ */ 1", "SELECT /* （ */ 1"),
        ("SELECT '没写完，", "SELECT '没写完，"),
    ],
)
def test_only_code_is_read_as_plain(typed: str, read: str) -> None:
    assert plain(typed) == read
    assert plain(read) == read


def test_replaced_characters_are_told_once() -> None:
    assert replaced_characters("SELECT f（a），f（b）；") == "（ ） ， ；"
    assert replaced_characters("SELECT '，'") == ""


def test_chinese_semicolon_ends_a_statement() -> None:
    assert is_complete("SELECT 1；")
    assert not is_complete("SELECT '；")
