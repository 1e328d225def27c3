"""Statements as analysts type them."""

from __future__ import annotations

import pytest

from headrace.flinksql.parsing import parse_statement
from headrace.shell.mending import mend, outer_limit, quoted

FUNCTIONS = {"sentiment", "sentiment_detail"}
COLUMNS = {"comment", "date", "value"}


def mended(statement: str) -> str:
    return mend(statement, FUNCTIONS, COLUMNS.__contains__)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("SELECT sentiment(comment) FROM comments", "SELECT sentiment(`comment`) FROM comments"),
        ("EXPLAIN SELECT comment FROM t", "EXPLAIN SELECT `comment` FROM t"),
        ("SELECT date FROM t", "SELECT `date` FROM t"),
        ("SELECT t.rank, COUNT(*) AS count FROM t", "SELECT t.`rank`, COUNT(*) AS `count` FROM t"),
        ("SELECT a, -- why\n  value\nFROM t", "SELECT a, -- why\n  `value`\nFROM t"),
        ("SELECT sentiment('太差了')", "SELECT sentiment(c1) FROM (VALUES ('太差了')) AS constants (c1)"),
        (
            "SELECT sentiment('好'), sentiment_detail(CONCAT('坏', '!')).score AS value",
            "SELECT sentiment(c1), sentiment_detail(c2).score AS `value` "
            "FROM (VALUES ('好', CONCAT('坏', '!'))) AS constants (c1, c2)",
        ),
        (
            "SELECT d.label FROM (SELECT sentiment_detail('x') AS d)",
            "SELECT d.label FROM (SELECT sentiment_detail(c1) AS d FROM (VALUES ('x')) AS constants (c1))",
        ),
    ],
)
def test_statement_is_mended(typed: str, sent: str) -> None:
    assert mended(typed) == sent
    parse_statement(sent)
    assert mended(sent) == sent


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT a FROM t",
        "SELECT a FROM t limit",  # a mistake, not a table's other name
        "SELECT year FROM t",  # no table has such a column
        "SELECT sentiment(a) FROM t",
        "SELECT UPPER('a')",
        "SELECT comment FROM t WHERE",
        "SELECT 'comment' FROM t",
    ],
)
def test_other_statement_is_left_alone(statement: str) -> None:
    assert mended(statement) == statement


@pytest.mark.parametrize(
    ("statement", "limit"),
    [
        ("SELECT a FROM t LIMIT 5", 5),
        ("SELECT a FROM t FETCH FIRST 7 ROWS ONLY", 7),
        ("SELECT a FROM t UNION ALL SELECT a FROM u LIMIT 3", 3),
        ("SELECT a FROM (SELECT a FROM t LIMIT 5)", None),
        ("SELECT a FROM t", None),
        ("SHOW TABLES", None),
    ],
)
def test_outer_limit(statement: str, limit: int | None) -> None:
    assert outer_limit(statement) == limit


def test_names_are_quoted_where_they_must() -> None:
    assert [quoted(name) for name in ("score", "comment", "Comment", "1st", "a`b", "内容")] == [
        "score", "`comment`", "`Comment`", "`1st`", "`a``b`", "`内容`",
    ]  # fmt: skip
