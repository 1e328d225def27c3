"""Compares a table's rows with the expected ones."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from headrace.testing.case import Row

TOLERANCE = 1e-6


@dataclass(frozen=True)
class DifferingRow:
    """A row that is there, with other fields than expected.

    Attributes:
        expected: the fields that are compared.
        actual: all fields.
        fields: the names of those that differ.
        line: its number among the expected ones, from 1.
    """

    expected: Row
    actual: Row
    fields: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class TableDifference:
    """How a table differs from what is expected; false if it does not.

    Attributes:
        table: its name.
        key: columns of its primary key.
        missing: expected rows that are not there, each with its number among the expected ones, from 1.
        unexpected: rows that are there and not expected.
        differing: rows with other fields.
    """

    table: str
    key: tuple[str, ...]
    missing: tuple[tuple[int, Row], ...]
    unexpected: tuple[Row, ...]
    differing: tuple[DifferingRow, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected or self.differing)

    @property
    def first_line(self) -> int:
        """The first of the expected rows that is missing or differs; 1 if none does."""
        return min([*(line for line, _ in self.missing), *(row.line for row in self.differing)], default=1)

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        differing = [
            {
                "line": row.line,
                "expected": row.expected,
                "actual": {field: row.actual.get(field) for field in row.expected},
                "fields": list(row.fields),
            }
            for row in self.differing
        ]
        return {
            "table": self.table,
            "key": list(self.key),
            "missing": [{"line": line, "expected": row} for line, row in self.missing],
            "unexpected": list(self.unexpected),
            "differing": differing,
        }


def difference(table: str, key: Sequence[str], expected: Sequence[Row], actual: Sequence[Row]) -> TableDifference:
    """How a table differs from what is expected.

    Args:
        table: its name.
        key: columns of its primary key; rows of a table without one are compared in any order.
        expected: rows, each with at least the fields that are to be compared.
        actual: rows with all fields.
    """
    pairs, missing, unexpected = _by_key(key, expected, actual) if key else _by_likeness(expected, actual)
    lines = {id(row): number for number, row in enumerate(expected, start=1)}
    differing = []
    for want, got in pairs:
        fields = tuple(field for field, value in want.items() if not (field in got and equal(value, got[field])))
        if fields:
            differing.append(DifferingRow(want, got, fields, lines[id(want)]))
    differing.sort(key=lambda row: row.line)
    absent = sorted(((lines[id(row)], row) for row in missing), key=lambda pair: pair[0])
    return TableDifference(table, tuple(key), tuple(absent), tuple(unexpected), tuple(differing))


def accepted(expected: Sequence[Row], found: TableDifference) -> list[Row]:
    """The expected rows as they would be if the actual ones were right.

    Rows keep their order and the fields that they name; unexpected rows come last, with all fields.
    """
    changed = {id(row.expected): row for row in found.differing}
    missing = {id(row) for _, row in found.missing}
    rows = []
    for row in expected:
        if id(row) in changed:
            actual = changed[id(row)].actual
            rows.append(
                {
                    field: actual[field] if field in changed[id(row)].fields else value
                    for field, value in row.items()
                    if field in actual
                }
            )
        elif id(row) not in missing:
            rows.append(row)
    return [*rows, *found.unexpected]


def row_text(row: Row) -> str:
    """A row as a line of a file, as exact as `equal` looks at it."""
    return json.dumps(rounded(row), ensure_ascii=False)


def rounded(value: Any) -> Any:
    """A JSON value, its numbers as exact as `equal` looks at them."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return float(f"{value:.7g}") if isinstance(value, float) else value


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
    return tuple(json.dumps(row.get(column), ensure_ascii=False) for column in key)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
