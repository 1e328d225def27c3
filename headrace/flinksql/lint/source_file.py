"""A file of SQL, and where in it the parts of a syntax tree stand."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlglot import exp

from headrace.flinksql.schema import Parsed
from headrace.flinksql.statements import Statement

FileKind = Literal["session", "sources", "features", "functions", "views", "settings", "job", "other"]


@dataclass(frozen=True)
class Span:
    """A part of a file: line and column from 1 on, its length in that line, and its offsets from 0 on."""

    line: int
    column: int
    length: int
    start: int
    end: int


@dataclass(frozen=True)
class SourceFile:
    """A file of the project.

    Attributes:
        name: its path from the project's folder, with slashes.
        kind: what the folder it is in is for; `job` is a feature's file in `sql/`.
        job: the folder in `sql/`; empty for other files.
        text: as it is.
        statements: parsed.
        error: why it is not a sequence of statements, as (line, column, fact); None if it is one.
    """

    name: str
    kind: FileKind
    job: str
    text: str
    statements: tuple[Parsed, ...] = ()
    error: tuple[int, int, str] | None = None

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return self.name.rsplit("/", 1)[-1].removesuffix(".sql")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(offset + 1 for offset, character in enumerate(self.text) if character == "\n")]

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self._line_starts[line - 1] + column - 1

    def line_of(self, offset: int) -> int:
        """The line of an offset."""
        return bisect.bisect_right(self._line_starts, offset)

    def span(self, statement: Statement, node: exp.Expr | None) -> Span:
        """Where a part of a statement stands: its first name or literal that has a place, else the statement itself."""
        place = _first_place(node) if node is not None else None
        if place is None:
            word = statement.text.split(maxsplit=1)[0] if statement.text else ""
            return self.at(statement.line, statement.column, len(word))
        first, last = place
        before = statement.text[:first]
        line = statement.line + before.count("\n")
        column = first - before.rfind("\n") if "\n" in before else statement.column + first
        text = statement.text[first : last + 1]
        return self.at(line, column, len(text.split("\n", 1)[0]))

    def at(self, line: int, column: int, length: int) -> Span:
        """A part of a line."""
        start = self.offset(line, column)
        return Span(line, column, max(length, 1), start, start + length)


def _first_place(node: exp.Expr) -> tuple[int, int] | None:
    """Offsets of the first and last character of a node: of its own token, or else of the first within it."""
    own = _place(node)
    if own is not None and not isinstance(node, exp.Query):
        return own
    if isinstance(node, (exp.Column, exp.Table)):
        found = [place for part in node.parts if (place := _place(part))]
        if found:
            return min(found)[0], max(found)[1]
    places = [place for each in node.walk() if (place := _place(each))]
    return min(places) if places else None


def _place(node: object) -> tuple[int, int] | None:
    meta = node.meta if isinstance(node, exp.Expr) else {}
    return (meta["start"], meta["end"]) if "start" in meta and "end" in meta else None


def comments(text: str) -> Iterator[tuple[int, str]]:
    """The comments `-- …` of a text, with the offsets of their dashes; none of those in strings and quoted names."""
    offset = 0
    while offset < len(text):
        character = text[offset]
        if character in "'`":
            end = text.find(character, offset + 1)
            offset = len(text) if end < 0 else end + 1
        elif text.startswith("/*", offset):
            end = text.find("*/", offset + 2)
            offset = len(text) if end < 0 else end + 2
        elif text.startswith(("--", "//"), offset):
            end = text.find("\n", offset)
            end = len(text) if end < 0 else end
            yield offset, text[offset:end]
            offset = end
        else:
            offset += 1


def word_at(line: str, column: int) -> str:
    """The word at a column (from 1 on) of a line, or the character there."""
    match = re.match(r"\w+|.", line[column - 1 :])
    return match[0] if match else " "
