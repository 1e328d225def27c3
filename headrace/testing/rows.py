"""Compares a table's rows with the expected ones, in words that a person can act on."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from headrace.testing.case import Row

TOLERANCE = 1e-6


def differences(table: str, key: Sequence[str], expected: Sequence[Row], actual: Sequence[Row]) -> list[str]:
    """How a table differs from what is expected.

    Args:
        table: its name.
        key: columns of its primary key; rows of a table without one are compared in any order.
        expected: rows, each with at least the fields that are to be compared.
        actual: rows with all fields.

    Returns:
        One text per row that is missing, unexpected or has other fields; none if the tables are equal.
    """
    pairs, missing, unexpected = _by_key(key, expected, actual) if key else _by_likeness(expected, actual)
    return [
        *(
            f"{table} {_name(key, want)}: field {field}: expected {_text(value)}, actual {_text_of(got, field)}"
            for want, got in pairs
            for field, value in want.items()
            if not (field in got and equal(value, got[field]))
        ),
        *(f"{table} {_name(key, row)}: missing: {_text(row)}" for row in missing),
        *(f"{table} {_name(key, row)}: unexpected: {_text(row)}" for row in unexpected),
    ]


def equal(expected: Any, actual: Any) -> bool:
    """Whether two JSON values are the same.

    Numbers may differ by 1e-6, absolutely or relatively; what an expected object does not name is not compared.
    """
    if _is_number(expected) and _is_number(actual):
        return math.isclose(expected, actual, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(expected, dict) and isinstance(actual, dict):
        return all(key in actual and equal(value, actual[key]) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(equal, expected, actual))
    return type(expected) is type(actual) and bool(expected == actual)


_Paired = tuple[list[tuple[Row, Row]], list[Row], list[Row]]


def _by_key(key: Sequence[str], expected: Sequence[Row], actual: Sequence[Row]) -> _Paired:
    there = {_key(key, row): row for row in actual}
    wanted = {_key(key, row): row for row in expected}
    return (
        [(row, there[name]) for name, row in wanted.items() if name in there],
        [row for name, row in wanted.items() if name not in there],
        [row for name, row in there.items() if name not in wanted],
    )


def _by_likeness(expected: Sequence[Row], actual: Sequence[Row]) -> _Paired:
    """Equal rows first; of the others, each with the row that shares the most fields with it."""
    left = list(actual)
    pairs, missing = [], []
    for want in sorted(expected, key=lambda row: not any(_likeness(row, got) == len(row) for got in actual)):
        best = max(left, key=lambda got: _likeness(want, got), default=None)
        if best is None or not _likeness(want, best):
            missing.append(want)
        else:
            left.remove(best)
            pairs.append((want, best))
    return pairs, missing, left


def _likeness(want: Row, got: Row) -> int:
    return sum(field in got and equal(value, got[field]) for field, value in want.items())


def _key(key: Sequence[str], row: Row) -> tuple[str, ...]:
    return tuple(_text(row.get(column)) for column in key)


def _name(key: Sequence[str], row: Row) -> str:
    columns = key or list(row)[:1]
    return " ".join(f"{column}={_text(row.get(column))}" for column in columns)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text_of(row: Row, field: str) -> str:
    return _text(row[field]) if field in row else f"no such field; there are {', '.join(row)}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
