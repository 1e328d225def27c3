"""Differences between rows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from headrace.testing.row_tables import difference_text
from headrace.testing.rows import DifferingRow, accepted, difference, equal, row_text

Row = dict[str, Any]
ROW: Row = {"item_id": "i1", "comments": 2, "mean_score": 0.5}


def test_equal_tables_have_no_differences() -> None:
    other: Row = {**ROW, "item_id": "i2"}
    assert not difference("item_sentiment", ["item_id"], [ROW, other], [other, ROW])
    assert not difference("dead_letters", [], [ROW, other, ROW], [other, ROW, ROW])


def test_a_field_that_differs_is_told_with_its_row() -> None:
    actual: Row = {**ROW, "comments": 3}
    found = difference("item_sentiment", ["item_id"], [ROW], [actual])
    assert found.differing == (DifferingRow(ROW, actual, ("comments",), 1),)
    assert (found.missing, found.unexpected) == ((), ())


def test_rows_of_other_keys_are_missing_and_unexpected() -> None:
    found = difference("t", ["item_id"], [{"item_id": "i1"}], [{"item_id": "i2"}])
    assert (found.missing, found.unexpected, found.differing) == (((1, {"item_id": "i1"}),), ({"item_id": "i2"},), ())


def test_fields_that_are_not_expected_are_not_compared() -> None:
    assert not difference("t", ["item_id"], [{"item_id": "i1", "comments": 2}], [ROW])


def test_a_field_that_is_not_there_differs_even_if_null_is_expected() -> None:
    [row] = difference("t", ["item_id"], [{"item_id": "i1", "commments": None}], [ROW]).differing
    assert row.fields == ("commments",)


def test_without_a_key_each_row_is_compared_with_the_one_most_like_it() -> None:
    letters: list[Row] = [{"payload": "a", "reason": "late"}, {"payload": "b", "reason": "late"}]
    expected: list[Row] = [{"payload": "b", "reason": "late"}, {"payload": "a", "reason": "no_ts"}]
    found = difference("letters", [], expected, letters)
    assert found.differing == (DifferingRow(expected[1], letters[0], ("reason",), 2),)


@pytest.mark.parametrize(("expected", "actual", "kind"), [([ROW], [ROW, ROW], 1), ([ROW, ROW], [ROW], 0)])
def test_without_a_key_rows_are_counted(expected: list[Row], actual: list[Row], kind: int) -> None:
    found = difference("letters", [], expected, actual)
    assert [len(found.missing), len(found.unexpected)] == [1 - kind, kind]


def test_accepted_rows_keep_their_order_and_their_fields() -> None:
    expected: list[Row] = [{"id": "c", "score": 0.1, "note": 1}, {"id": "b"}, {"id": "a", "score": 0.2}]
    actual: list[Row] = [
        {"id": "a", "score": 0.20000001, "status": "ok"},
        {"id": "c", "score": 0.3, "status": "ok"},
        {"id": "d", "score": 0.4, "status": "ok"},
    ]
    found = difference("t", ["id"], expected, actual)
    rows = accepted(expected, found)
    assert rows == [{"id": "c", "score": 0.3}, {"id": "a", "score": 0.2}, actual[2]]
    assert not difference("t", ["id"], rows, actual)


def test_tables_show_the_key_first_and_both_values() -> None:
    expected: list[Row] = [{"score": 0.1, "id": "c1"}, {"score": 0.5, "id": "c2"}]
    found = difference("scores", ["id"], expected, [{"id": "c1", "score": 0.2}, {"id": "c3", "score": 1}])
    text = difference_text([(found, "expected/scores.jsonl")])
    assert "expected/scores.jsonl:1: 1 missing, 1 unexpected, 1 differing" in text
    assert re.search(r"1 +│ differs +│ c1 +│ 0.1 → 0.2", text)
    assert re.search(r"2 +│ missing +│ c2 +│ 0.5", text)
    assert re.search(r"│ +│ unexpected +│ c3 +│ 1", text)


def test_of_an_object_only_what_differs_is_shown() -> None:
    expected: Row = {"id": "c1", "headers": {"reason": "late", "offset": "1"}}
    actual: Row = {"id": "c1", "headers": {"reason": "no_ts", "offset": "1"}}
    text = difference_text([(difference("letters", ["id"], [expected], [actual]), "letters.jsonl")])
    assert re.search(r"│ c1 +│ reason: late → no_ts +│", text)


def test_a_written_row_has_no_more_digits_than_are_compared() -> None:
    text = row_text({"score": 0.011900000274181366, "of": [{"n": 2}, 1e-12], "text": "很好"})
    assert text == '{"score": 0.0119, "of": [{"n": 2}, 1e-12], "text": "很好"}'


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
