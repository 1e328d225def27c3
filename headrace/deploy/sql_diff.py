"""How the SQL of a deployment differs from that of the one before."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from headrace.deploy.records import SqlStatement


def sql_diff(before: Iterable[SqlStatement], after: Iterable[SqlStatement]) -> str:
    """The unified difference of files, as `git diff` shows it; empty where they say the same."""
    old, new = _by_file(before), _by_file(after)
    lines: list[str] = []
    for file in sorted({*old, *new}):
        lines += difflib.unified_diff(
            old.get(file, []),
            new.get(file, []),
            fromfile=f"a/{file}" if file in old else "/dev/null",
            tofile=f"b/{file}" if file in new else "/dev/null",
            lineterm="",
        )
    return "\n".join(lines)


def _by_file(statements: Iterable[SqlStatement]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for statement in statements:
        files.setdefault(statement.file, []).extend(f"{statement.text};".splitlines())
    return files
