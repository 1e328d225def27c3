"""Applies what `--fix` may change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from headrace.flinksql.lint.finding import Edit, Finding


def fixed_text(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits applied, from its end on; of edits that overlap the first counts.

    >>> fixed_text("a != b", [Edit("a.sql", 2, 4, "<>")])
    'a <> b'
    """
    before = len(text) + 1
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end), reverse=True):
        if edit.end <= before:
            text = text[: edit.start] + edit.text + text[edit.end :]
            before = edit.start
    return text


def fix_files(root: Path, findings: Iterable[Finding]) -> dict[str, int]:
    """Writes files with their findings' edits; returns how many findings of each file were mended."""
    edits: dict[str, list[Edit]] = {}
    counts: dict[str, int] = {}
    for finding in findings:
        for edit in finding.edits:
            edits.setdefault(edit.file, []).append(edit)
        if finding.edits:
            counts[finding.file] = counts.get(finding.file, 0) + 1
    for name, changes in edits.items():
        path = root / name
        path.write_text(fixed_text(path.read_text(encoding="utf-8"), changes), encoding="utf-8")
    return counts
