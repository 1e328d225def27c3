"""Results on a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from headrace.shell.writers import TextWriter
from headrace.sql_gateway.client import Column, Row

MANY = tuple(Column(f"column_{n}", "BIGINT") for n in range(12))
LONG = "味道" * 100


def written(columns: tuple[Column, ...], *rows: Row, width: int | None = 60, expands: bool | None = None) -> list[str]:
    file = io.StringIO()
    writer = TextWriter(Console(file=file, width=width or 1_000_000), width, expands)
    writer.write(columns, rows)
    writer.end()
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_row_that_has_no_room_gets_a_line_a_column() -> None:
    lines = written(MANY, Row("+I", tuple(range(12))), Row("+I", tuple(range(12))))
    assert lines[:3] == ["── 1 ──", "column_0   0", "column_1   1"]
    assert "── 2 ──" in lines


def test_lines_of_columns_cut_nothing() -> None:
    columns = (Column("item_id", "STRING"), Column("text", "STRING"))
    row = Row("+I", ("i1", LONG))
    assert LONG not in "".join(written(columns, row))
    assert written(columns, row, expands=True) == ["── 1 ──", "item_id  i1", f"text     {LONG}"]


def test_many_columns_stay_a_table_in_a_file() -> None:
    assert len(written(MANY, Row("+I", tuple(range(12))), width=None)) == 2


def test_change_of_a_row_is_told_in_lines_of_columns() -> None:
    lines = written(MANY[:1], Row("+I", (1,)), Row("-D", (1,)), expands=True)
    assert [line for line in lines if line.startswith("──")] == ["── 1 ── +I", "── 2 ── -D"]


def test_empty_result_shows_its_columns() -> None:
    assert written(MANY[:2]) == ["column_0  column_1"]
    assert written(MANY[:2], expands=True) == ["column_0  column_1"]


def test_numbers_and_times_are_not_cut() -> None:
    columns = (Column("text", "STRING"), Column("time", "TIMESTAMP_LTZ(3)"), Column("score", "DOUBLE"))
    [_, line] = written(columns, Row("+I", (LONG, "2026-11-21T12:00:00.123Z", 0.004638074868125841)), width=70)
    assert line.endswith("…  2026-11-21 12:00:00.123Z  0.004638074868125841")
