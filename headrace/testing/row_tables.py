"""Differences between rows as tables that a person reads: the key first, then the fields, what differs in colour."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from headrace.testing.case import Row
from headrace.testing.rows import DifferingRow, TableDifference, equal, rounded

WIDTH = 160
SHOWN = 20
"""How many rows a table shows."""


def rows_table(rows: Sequence[Row], key: Sequence[str]) -> Group:
    """Rows, the key's columns first; of many the first ones."""
    fields = list(dict.fromkeys([*key, *(field for row in rows for field in row)]))
    table = Table(*fields)
    for row in rows[:SHOWN]:
        table.add_row(*(_cell(row, field) for field in fields))
    more = [Text(f"… and {len(rows) - SHOWN} more")] if len(rows) > SHOWN else []
    return Group(*([table] if rows else []), *more)


def difference_table(found: TableDifference, file: str) -> Group:
    """A row per row that is missing, unexpected or differs, with its line in the file of the expected rows."""
    counts = ", ".join(
        f"{len(rows)} {name}"
        for name, rows in (("missing", found.missing), ("unexpected", found.unexpected), ("differing", found.differing))
        if rows
    )
    fields = _fields(found)
    table = Table("line", "", *fields)
    for line, row in found.missing:
        table.add_row(str(line), "missing", *(_cell(row, field) for field in fields), style="red")
    for differing in found.differing:
        table.add_row(str(differing.line), "differs", *(_both(differing, field) for field in fields))
    for row in found.unexpected:
        table.add_row("", "unexpected", *(_cell(row, field) for field in fields), style="green")
    return Group(Text(f"{file}:{found.first_line}: {counts} (expected → actual)"), table)


def difference_text(differences: Sequence[tuple[TableDifference, str]]) -> str:
    """The tables as plain text, each with its file."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, highlight=False)
    for found, file in differences:
        console.print(difference_table(found, file))
    return out.getvalue()


def _fields(found: TableDifference) -> list[str]:
    whole: list[Row] = [*(row for _, row in found.missing), *found.unexpected]
    wanted = [*found.key, *(name for row in whole for name in row), *(n for row in found.differing for n in row.fields)]
    if not found.key:
        # Something by which a person knows the row.
        wanted = [*(next(iter(row.expected)) for row in found.differing), *wanted]
    return list(dict.fromkeys(wanted))


def _both(row: DifferingRow, field: str) -> str:
    if field not in row.fields:
        return f"[dim]{_cell(row.expected if field in row.expected else row.actual, field)}[/dim]"
    expected, actual = row.expected[field], row.actual.get(field)
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = [name for name, value in expected.items() if not (name in actual and equal(value, actual[name]))]
        return ", ".join(f"{escape(name)}: {_change(expected, actual, name)}" for name in names)
    return _change(row.expected, row.actual, field)


def _change(expected: Row, actual: Row, field: str) -> str:
    found = _cell(actual, field) if field in actual else "no such field"
    return f"[red]{_cell(expected, field)}[/red] → [green]{found}[/green]"


def _cell(row: Row, field: str) -> str:
    return escape(_text(row[field])) if field in row else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(rounded(value), ensure_ascii=False)
