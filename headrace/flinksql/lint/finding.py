"""What the linter has found: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """A change of a file: the characters from `start` to `end` (offsets, from 0 on) become `text`."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        file: path from the project's folder.
        line, column: where it begins, from 1 on.
        length: how many characters of that line it covers.
        rule: the rule's name.
        fact: what is wrong.
        remedy: what to do.
        edits: what `--fix` changes; empty where only a person can tell.
    """

    file: str
    line: int
    column: int
    length: int
    rule: str
    fact: str
    remedy: str
    edits: tuple[Edit, ...] = ()

    @property
    def place(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"

    def as_json(self) -> Mapping[str, object]:
        """For programs."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "length": self.length,
            "rule": self.rule,
            "fact": self.fact,
            "remedy": self.remedy,
            "fixable": bool(self.edits),
        }
