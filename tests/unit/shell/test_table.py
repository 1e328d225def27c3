"""Rows as lines of text."""

from __future__ import annotations

from rich.cells import cell_len

from headrace.shell.table import Layout
from headrace.shell.values import shown
from headrace.sql_gateway.client import Column, Row

COLUMNS = (Column("text", "STRING"), Column("score", "DOUBLE"), Column("label", "STRING"))
ROWS = (Row("+I", ("太差了", 0.003, "negative")), Row("+I", ("good", 0.98, "positive")))


def test_columns_align_in_cells_not_in_characters() -> None:
    layout = Layout(COLUMNS, ROWS, is_whole=True, width=80)
    lines = [layout.header().plain, *(layout.line(row).plain for row in ROWS)]
    assert lines == [
        "text    score  label",
        "太差了  0.003  negative",
        "good     0.98  positive",
    ]
    assert {cell_len(line[: line.index(word)]) for line, word in zip(lines, ("label", "neg", "pos"), strict=True)} == {
        15
    }


def test_long_text_is_cut_where_the_terminal_ends() -> None:
    row = Row("+I", ("味道" * 100, 0.5, "neutral"))
    line = Layout(COLUMNS, (row,), is_whole=True, width=40).line(row).plain
    assert cell_len(line) <= 40
    assert "…" in line
    assert line.endswith("0.5  neutral")


def test_text_is_whole_without_a_terminal() -> None:
    row = Row("+I", ("味道" * 100, 0.5, "neutral"))
    assert "味道" * 100 in Layout(COLUMNS, ROWS, is_whole=False, width=None).line(row).plain


def test_change_stands_before_its_row() -> None:
    layout = Layout(COLUMNS, ROWS, is_whole=True, width=80)
    assert layout.line(Row("-U", ROWS[1].values), changes=True).plain.startswith("-U good")


def test_text_cannot_command_the_terminal() -> None:
    assert shown("\x1b[2Jhi\nthere\u202e") == "\\x1b[2Jhi⏎there\\x202e"


def test_values_of_all_kinds() -> None:
    assert shown(None) == "NULL"
    assert shown(True) == "TRUE"
    assert shown([1, None, "a"]) == "[1, NULL, a]"
    assert shown({"a": 1}, "MAP<STRING, INT>") == "{a=1}"
    assert shown(9007199254740993) == "9007199254740993"
