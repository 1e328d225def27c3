"""Differences between rows, in words."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.testing.rows import differences, equal

Row = dict[str, Any]
ROW: Row = {"item_id": "i1", "comments": 2, "mean_score": 0.5}


def test_equal_tables_have_no_differences() -> None:
    other: Row = {**ROW, "item_id": "i2"}
    assert differences("item_sentiment", ["item_id"], [ROW, other], [other, ROW]) == []
    assert differences("dead_letters", [], [ROW, other, ROW], [other, ROW, ROW]) == []


def test_a_field_that_differs_is_told_with_its_key() -> None:
    assert differences("item_sentiment", ["item_id"], [ROW], [{**ROW, "comments": 3}]) == [
        'item_sentiment item_id="i1": field comments: expected 2, actual 3'
    ]


def test_missing_and_unexpected_rows_are_told_whole() -> None:
    assert differences("t", ["item_id"], [{"item_id": "i1"}], [{"item_id": "i2"}]) == [
        't item_id="i1": missing: {"item_id": "i1"}',
        't item_id="i2": unexpected: {"item_id": "i2"}',
    ]


def test_fields_that_are_not_expected_are_not_compared() -> None:
    assert differences("t", ["item_id"], [{"item_id": "i1", "comments": 2}], [ROW]) == []


def test_a_field_that_is_not_there_is_told_even_if_null_is_expected() -> None:
    assert differences("t", ["item_id"], [{"item_id": "i1", "commments": None}], [ROW]) == [
        't item_id="i1": field commments: expected null, actual no such field; there are item_id, comments, mean_score'
    ]


def test_without_a_key_each_row_is_compared_with_the_one_most_like_it() -> None:
    letters: list[Row] = [{"payload": "a", "reason": "late"}, {"payload": "b", "reason": "late"}]
    expected: list[Row] = [{"payload": "b", "reason": "late"}, {"payload": "a", "reason": "no_ts"}]
    assert differences("letters", [], expected, letters) == [
        'letters payload="a": field reason: expected "no_ts", actual "late"'
    ]


@pytest.mark.parametrize(("expected", "actual"), [([ROW], [ROW, ROW]), ([ROW, ROW], [ROW])])
def test_without_a_key_rows_are_counted(expected: list[Row], actual: list[Row]) -> None:
    assert len(differences("letters", [], expected, actual)) == 1


@pytest.mark.parametrize(
    ("expected", "actual", "is_equal"),
    [
        (1, 1.0, True),
        (0.1, 0.1 + 9e-7, True),
        (0.1, 0.1 + 2e-6, False),
        (1e9, 1e9 + 100, True),
        (0, False, False),
        (1, "1", False),
        (None, None, True),
        (None, 0, False),
        ("很好", "很好", True),
        ([1, 2], [1, 2.0000001], True),
        ([1, 2], [1], False),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1, "b": 2}, {"a": 1}, False),
    ],
)
def test_values(expected: Any, actual: Any, is_equal: bool) -> None:
    assert equal(expected, actual) is is_equal
