"""The rows that a changelog amounts to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headrace.shell.changelog import CurrentRows
from headrace.sql_gateway.client import Row


def apply(rows: CurrentRows, *changes: tuple[str, str, int]) -> list[tuple[str, int]]:
    for operation, *values in changes:
        rows.apply(Row(operation, tuple(values)))
    return [row.values for row in rows]  # type: ignore[misc]


def test_updated_row_keeps_its_place() -> None:
    rows = CurrentRows()
    now = apply(rows, ("+I", "a", 1), ("+I", "b", 1), ("-U", "a", 1), ("+U", "a", 2))
    assert now == [("a", 2), ("b", 1)]
    assert rows.changes == 2


def test_deleted_row_is_gone_and_its_equal_stays() -> None:
    assert apply(CurrentRows(), ("+I", "a", 1), ("+I", "a", 1), ("-D", "a", 1)) == [("a", 1)]


def test_oldest_row_is_left_out() -> None:
    rows = CurrentRows(most=2)
    assert apply(rows, ("+I", "a", 1), ("+I", "b", 1), ("+I", "c", 1), ("-D", "a", 1)) == [("b", 1), ("c", 1)]
    assert rows.left_out == 1


def test_latest_are_those_that_changed_last() -> None:
    rows = CurrentRows()
    apply(rows, ("+I", "a", 1), ("+I", "b", 1), ("+I", "c", 1), ("-U", "a", 1), ("+U", "a", 2))
    assert [row.values for row in rows.latest(2)] == [("a", 2), ("c", 1)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5))))
def test_updates_amount_to_the_last_value_of_each_key(updates: list[tuple[str, int]]) -> None:
    rows, last = CurrentRows(), {}
    for key, value in updates:
        if key in last:
            rows.apply(Row("-U", (key, last[key])))
        rows.apply(Row("+U" if key in last else "+I", (key, value)))
        last[key] = value
    assert dict(row.values for row in rows) == last
    assert len(rows) == len(last)
