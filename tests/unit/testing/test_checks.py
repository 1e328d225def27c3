"""Errors in the files of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headrace.testing.checks import check_expected, check_json, refuse_unknown
from headrace.testing.problems import CaseError

EXPECTED = Path("tests/sql/comments/late/expected/item_sentiment.jsonl")
INPUT = Path("tests/sql/comments/late/input/holiday_topics.jsonl")
COLUMNS = ["item_id", "comments", "mean_score"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [{"item_id": "i1"}, {"item_id": "i2", "coments": 1}],
            ":2: item_sentiment writes no column coments. Did you mean comments?",
        ),
        (
            [{"item_id": "i1", "x": 1}],
            ":1: item_sentiment writes no column x. There are comments, item_id, mean_score.",
        ),
        ([{"comments": 1}], ":1: the row has no item_id, and by the key a row is found. Add it."),
        (
            [{"item_id": "i1"}, {"item_id": "i2"}, {"item_id": "i1"}],
            ":3: it has the key of line 1, and a table has one row of a key. Remove one of them.",
        ),
    ],
)
def test_rows_that_no_table_can_have_are_refused(rows: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(CaseError) as raised:
        check_expected(EXPECTED, rows, COLUMNS, ["item_id"])
    assert str(raised.value) == f"{EXPECTED}{says}"


def test_rows_without_a_key_may_be_equal() -> None:
    check_expected(EXPECTED, [{"comments": 1}, {"comments": 1}], COLUMNS, [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"topic": }', ":2:11: it is not JSON: Expecting value"),
        ("[1]", ":2: it is '[1]' and no JSON object; for this reason. Write {column: value}."),
        ('{"topik": "x"}', ":2: holiday_topics has no column topik. Did you mean topic?"),
    ],
)
def test_input_that_is_no_row_is_refused(line: str, says: str) -> None:
    with pytest.raises(CaseError) as raised:
        check_json(INPUT, ['{"topic": "a"}', line], ["topic", "words"], "for this reason")
    assert str(raised.value).startswith(f"{INPUT}{says}")


def test_messages_may_have_fields_that_a_table_does_not_read() -> None:
    check_json(INPUT, ['{"more": 1}'], None, "for this reason")


def test_an_unknown_name_is_told_with_the_likely_one() -> None:
    with pytest.raises(
        CaseError, match=r"late\.jsonl: the job comments does not read coments\. Did you mean comments\?"
    ):
        refuse_unknown(Path("late.jsonl"), "the job comments does not read", "coments", ["comments"])
