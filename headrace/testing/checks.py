"""What can be wrong with a case's files, told before Flink sees them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from headrace.testing.case import Row
from headrace.testing.problems import CaseError, meant, shown


def refuse_unknown(file: Path, what: str, name: str, known: Collection[str]) -> None:
    """Makes sure that a name is one of those that there are.

    Raises:
        CaseError: it is none of them; the message says which one is probably meant.
    """
    if name not in known:
        raise CaseError(f"{shown(file)}: {what} {name}. {meant(name, known)}")


def check_expected(file: Path, rows: Sequence[Row], columns: Collection[str], key: Sequence[str]) -> None:
    """Makes sure that expected rows can be those of a table.

    Raises:
        CaseError: a row has a field that is no column, lacks a part of the key, or has the key of another one.
    """
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, start=1):
        place = f"{shown(file)}:{line}"
        for name in row:
            if name not in columns:
                raise CaseError(f"{place}: {file.stem} writes no column {name}. {meant(name, columns)}")
        missing = [name for name in key if name not in row]
        if missing:
            raise CaseError(f"{place}: the row has no {', '.join(missing)}, and by the key a row is found. Add it.")
        values = json.dumps([row[name] for name in key], ensure_ascii=False)
        if key and values in seen:
            raise CaseError(
                f"{place}: it has the key of line {seen[values]}, and a table has one row of a key. Remove one of them."
            )
        seen[values] = line


def check_json(file: Path, lines: Sequence[str], columns: Collection[str] | None, why: str) -> None:
    """Makes sure that each line is a JSON object.

    Args:
        file: the input.
        lines: its lines.
        columns: the only fields that an object may have; None if it may have any.
        why: why it must be JSON.

    Raises:
        CaseError: a line is none, or has another field.
    """
    for number, line in enumerate(lines, start=1):
        place = f"{shown(file)}:{number}"
        try:
            found = json.loads(line)
        except ValueError as error:
            column = f":{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            raise CaseError(f"{place}{column}: it is not JSON: {error}; {why}. Mend the line.") from error
        if not isinstance(found, dict):
            raise CaseError(f"{place}: it is {line[:40]!r} and no JSON object; {why}. Write {{column: value}}.")
        for name in found if columns is not None else ():
            refuse_unknown(Path(f"{file}:{number}"), f"{file.stem} has no column", name, columns or ())
