"""Rows as a table that is written while they arrive; Chinese characters take two cells."""

from __future__ import annotations

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
_NARROWEST = 8
_COLOURS = {"+I": "", "+U": "green", "-U": "dim", "-D": "red"}


class Layout:
    """How wide each column is.

    Args:
        columns: of the result.
        rows: those that are there already.
        is_whole: whether there will be no others.
        width: cells of the terminal; None where lines may have any length.
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
        if width is not None:
            self._shrink(width)

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

    def _shrink(self, width: int) -> None:
        """Takes cells from the widest columns until a line fits."""
        room = width - 3 - len(GAP) * (len(self.widths) - 1)
        while sum(self.widths) > room:
            widest = max(range(len(self.widths)), key=self.widths.__getitem__)
            if self.widths[widest] <= _NARROWEST:
                return
            others = sorted(self.widths, reverse=True)
            second = others[1] if len(others) > 1 else _NARROWEST
            over = sum(self.widths) - room
            self.widths[widest] = max(_NARROWEST, min(self.widths[widest] - 1, max(second, self.widths[widest] - over)))
