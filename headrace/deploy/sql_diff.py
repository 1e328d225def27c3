"""How the SQL of a deployment, and the code of its functions, differ from those of the one before."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from headrace.deploy.records import SqlStatement


def sql_diff(before: Iterable[SqlStatement], after: Iterable[SqlStatement]) -> str:
    """The unified difference of files, as `git diff` shows it; empty where they say the same."""
    return files_diff(_by_file(before), _by_file(after))


def code_diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The same for whole files by their path, those that are on both sides: the others come or go with the SQL."""
    both = before.keys() & after.keys()
    old, new = ({file: side[file].splitlines() for file in both} for side in (before, after))
    return files_diff(old, new)


def files_diff(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> str:
    """The same for the lines of files, by their path."""
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
