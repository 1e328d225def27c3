"""Rows as a table that is written while they arrive; Chinese characters take two cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from headrace.shell.values import shown
from headrace.sql_gateway.client import Column, Row
from headrace.sql_gateway.data_types import is_number

GAP = "  "
# Cells that a column gets when its first rows do not tell how wide the others will be.
_USUAL_WIDTHS = {"BOOLEAN": 5, "INT": 8, "BIGINT": 10, "FLOAT": 12, "DOUBLE": 20, "DATE": 10, "TIMESTAMP": 23,
                 "TIMESTAMP_LTZ": 24, "STRING": 24}  # fmt: skip
# Numbers and times are not cut, they would say something else; texts and column names keep so much.
_NARROWEST_TEXT, _NARROWEST_NAME = 12, 8
_TEXTS = frozenset({"STRING", "CHAR", "VARCHAR", "BYTES", "ROW", "MAP", "ARRAY", "MULTISET"})
_COLOURS = {"+I": "", "+U": "green", "-U": "dim", "-D": "red"}


class Layout:
    """How wide each column is.

    Args:
        columns: of the result.
        rows: those that are there already.
        is_whole: whether there will be no others.
        width: cells of the terminal; None where lines may have any length.

    Attributes:
        widths: cells of each column.
        fits: whether a line has room for all columns, be they cut.
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], is_whole: bool, width: int | None) -> None:
        self.columns = columns
        self._cuts = width is not None
        cells = [[shown(row.values[n], column.type) for row in rows] for n, column in enumerate(columns)]
        self.widths = [
            max(
                cell_len(column.name),
                *(map(cell_len, values)),
                0 if is_whole else _USUAL_WIDTHS.get(column.type.split("(")[0], 0),
            )
            for column, values in zip(columns, cells, strict=True)
        ]
        values = [max(map(cell_len, column), default=0) for column in cells]
        floors = [
            min(most, _NARROWEST_TEXT) if re.split(r"\W", column.type)[0] in _TEXTS else most
            for most, column in zip(values, columns, strict=True)
        ]
        self.fits = width is None or self._shrink(width, [max(floor, _NARROWEST_NAME) for floor in floors])

    def header(self, gutter: str = "") -> Text:
        """The columns' names."""
        return Text(self._line([column.name for column in self.columns], gutter), style="bold")

    def line(self, row: Row, changes: bool = False) -> Text:
        """A row; with changes, what became of it stands before it."""
        cells = [shown(value, column.type) for value, column in zip(row.values, self.columns, strict=True)]
        return Text(self._line(cells, f"{row.operation} " if changes else ""), style=_COLOURS[row.operation])

    def _line(self, cells: list[str], before: str) -> str:
        parts = []
        for cell, column, width in zip(cells, self.columns, self.widths, strict=True):
            if self._cuts and cell_len(cell) > width:
                cell = f"{set_cell_size(cell, width - 1).rstrip()}…"
            padding = " " * max(0, width - cell_len(cell))
            parts.append(padding + cell if is_number(column.type) else cell + padding)
        return (before + GAP.join(parts)).rstrip()

    def _shrink(self, width: int, floors: Sequence[int]) -> bool:
        """Takes cells from the widest columns until a line fits; whether it does."""
        room = width - 3 - len(GAP) * (len(self.widths) - 1)
        while sum(self.widths) > room:
            cut = [n for n, floor in enumerate(floors) if self.widths[n] > floor]
            if not cut:
                return False
            self.widths[max(cut, key=self.widths.__getitem__)] -= 1
        return True


def record(columns: Sequence[Column], row: Row, number: int, changes: bool = False) -> Text:
    """A row with a line a column, nothing cut.

    >>> print(record((Column("item_id", "STRING"), Column("n", "INT")), Row("+I", ("i1", 2)), 1))
    ── 1 ──
    item_id  i1
    n        2
    """
    width = max((cell_len(column.name) for column in columns), default=0)
    text = Text(f"── {number} ──{f' {row.operation}' if changes else ''}", style="dim")
    for column, value in zip(columns, row.values, strict=True):
        padding = " " * (width - cell_len(column.name))
        text.append(f"\n{column.name}{padding}{GAP}", style="bold not dim")
        text.append(shown(value, column.type), style=f"{_COLOURS[row.operation]} not dim".strip())
    return text
