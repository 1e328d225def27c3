"""Where the rows of a result go: lines of text, a table on a terminal that follows updates, or JSON."""

from __future__ import annotations

import json
import select
import sys
import time
from collections.abc import Sequence
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from headrace.shell.changelog import CurrentRows
from headrace.shell.table import Layout, record
from headrace.sql_gateway.client import Column, Row

# Widths are decided from this many rows, or from those that come within so many seconds.
ROWS_FOR_WIDTHS = 50
SECONDS_FOR_WIDTHS = 0.25
# Lines of a terminal that the result's own table leaves free.
OTHER_LINES = 5
CHANGE = "__op"


class OutputConsole(Console):
    """Writes results; that nobody reads them any more is for the shell to know, which has a query to end."""

    def on_broken_pipe(self) -> None:
        """Lets the error pass, as a file does."""
        raise BrokenPipeError


def refuse_lonely_output() -> None:
    """Notices that nobody reads the standard output any more, though there is nothing to write.

    Raises:
        BrokenPipeError: the program that read it has ended.
    """
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)  # errors are told without being asked for
    if any(event & select.POLLERR for _, event in poll.poll(0)):
        raise BrokenPipeError


class Writer(Protocol):
    """Takes a result as it comes."""

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Takes the next rows, perhaps none; called again and again while the query runs."""

    def end(self, is_complete: bool = True) -> None:
        """Shows what is still held back.

        Args:
            is_complete: whether the result is at its end; one that is and has no rows shows its columns.
        """


class TextWriter:
    """Lines of text: a header, a line a row. From the first update on each line says which change it is.

    Args:
        console: to write to.
        width: cells of the terminal; None where lines may have any length.
        expands: whether each column gets a line of its own; None: where a line has no room for all columns.
    """

    def __init__(self, console: Console, width: int | None = None, expands: bool | None = None) -> None:
        self._console = console
        self._width = width
        self._expands = expands
        self._number = 0
        self._layout: Layout | None = None
        self._waiting: list[Row] = []
        self._columns: Sequence[Column] = ()
        self._since = 0.0
        self._changes = False

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self._columns = columns
        if self._layout:
            self._print(rows)
            return
        if rows and not self._waiting:
            self._since = time.monotonic()
        self._waiting += rows
        waited = self._waiting and time.monotonic() - self._since > SECONDS_FOR_WIDTHS
        if waited or len(self._waiting) >= ROWS_FOR_WIDTHS:
            self._begin(is_whole=False)

    def end(self, is_complete: bool = True) -> None:
        if not self._layout and (self._waiting or (is_complete and self._columns)):
            self._begin(is_whole=True)

    def _begin(self, is_whole: bool) -> None:
        self._layout = Layout(self._columns, self._waiting, is_whole, self._width)
        self._changes = any(row.operation != "+I" for row in self._waiting)
        if self._expands is None:
            self._expands = not self._layout.fits
        if not self._expands or not self._waiting:
            self._write([self._layout.header("   " if self._changes else "")])
        self._print(self._waiting)
        self._waiting = []

    def _print(self, rows: Sequence[Row]) -> None:
        assert self._layout  # noqa: S101  (its only callers have made sure)
        lines: list[Text] = []
        for row in rows:
            if row.operation != "+I" and not self._changes:
                self._changes = True
                if not self._expands:
                    lines.append(self._layout.header("   "))
            if self._expands:
                self._number += 1
                lines.append(record(self._columns, row, self._number, self._changes))
            else:
                lines.append(self._layout.line(row, self._changes))
        self._write(lines)

    def _write(self, lines: Sequence[Text]) -> None:
        if not lines:
            return
        if self._console.is_terminal:
            self._console.print(Text("\n").join(lines), soft_wrap=True)
        else:  # Rich would take six times as long, for colours that nobody sees
            self._console.file.write("".join(f"{line.plain}\n" for line in lines))
            self._console.file.flush()


class TerminalWriter:
    """A table on a terminal. Rows are printed as they come; once one is updated, the result as it is now is shown."""

    def __init__(self, console: Console, expands: bool | None = None) -> None:
        self._console = console
        self._expands = expands
        self._plain = TextWriter(console, console.width, expands)
        self._current = CurrentRows()
        self._live: Live | None = None
        self._columns: Sequence[Column] = ()

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self._columns = columns
        for row in rows:
            self._current.apply(row)
        if self._current.changes and not self._live:
            self._live = Live(console=self._console, auto_refresh=False, vertical_overflow="crop")
            self._live.start()
        if not self._live:
            self._plain.write(columns, rows)
        elif rows:
            self._live.update(self._table(self._console.height - OTHER_LINES), refresh=True)

    def end(self, is_complete: bool = True) -> None:
        if self._live:
            self._live.update(self._table(self._console.height - OTHER_LINES), refresh=True)
            self._live.stop()
        else:
            self._plain.end(is_complete)

    def _table(self, most: int) -> Group:
        if self._expands:
            most //= len(self._columns) + 1
        rows = self._current.latest(max(1, most))
        layout = Layout(self._columns, rows, True, self._console.width)
        more = len(self._current) + self._current.left_out - len(rows)
        last = f"{len(self._current):,} rows now, {self._current.changes:,} changes"
        lines = (
            [record(self._columns, row, number) for number, row in enumerate(rows, start=1)]
            if self._expands
            else [layout.header(), *(layout.line(row) for row in rows)]
        )
        return Group(
            *lines,
            Text(last + (f"; the {len(rows)} that changed last are shown" if more else ""), style="dim"),
        )


class JsonWriter:
    """One JSON object a line, a column a key. An update or deletion has its change (`-U`, `+U`, `-D`) in `__op`."""

    def write(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        names = _distinct([column.name for column in columns])
        for row in rows:
            fields = dict(zip(names, row.values, strict=True))
            if row.operation != "+I":
                fields[CHANGE] = row.operation
            sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
        if rows:
            sys.stdout.flush()

    def end(self, is_complete: bool = True) -> None:
        """Nothing is held back."""


def _distinct(names: list[str]) -> list[str]:
    """Names with a number after those that stood before."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct
