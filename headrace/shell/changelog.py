"""The rows that a changelog amounts to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

from headrace.sql_gateway.client import Row

MAX_ROWS = 10_000


class CurrentRows:
    """The result as it is now: rows in the order of their arrival, an updated one in the place of its old form.

    Only so many of the latest rows are kept; what is said of a row that is not kept any more has no effect.
    """

    def __init__(self, most: int = MAX_ROWS) -> None:
        self.changes = 0
        self.left_out = 0
        self._most = most
        self._numbers = count()
        self._rows: dict[int, Row] = {}
        self._places: dict[str, list[int]] = {}
        self._updated: list[int] = []
        self._touched: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return (self._rows[place] for place in sorted(self._rows))

    def apply(self, row: Row) -> None:
        """Takes a change in."""
        if row.operation != "+I":
            self.changes += 1
        if row.operation in {"+I", "+U"}:
            place = self._updated.pop(0) if row.operation == "+U" and self._updated else next(self._numbers)
            self._rows[place] = Row("+I", row.values)
            self._places.setdefault(_key(row), []).append(place)
            self._touched.pop(place, None)
            self._touched[place] = place
            if len(self._rows) > self._most:
                self._remove(next(iter(self._touched)))
                self.left_out += 1
            return
        places = self._places.get(_key(row))
        if places:
            place = places[-1]
            self._remove(place)
            if row.operation == "-U":
                self._updated.append(place)

    def latest(self, most: int) -> list[Row]:
        """The rows that changed last, so many at the most, in the order of their places."""
        places = list(self._touched)[-most:] if most > 0 else []
        return [self._rows[place] for place in sorted(places)]

    def _remove(self, place: int) -> None:
        key = _key(self._rows.pop(place))
        self._touched.pop(place)
        self._places[key].remove(place)
        if not self._places[key]:
            del self._places[key]


def _key(row: Row) -> str:
    return json.dumps(row.values, ensure_ascii=False)
