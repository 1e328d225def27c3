"""Splits a file of Flink SQL into its statements, and remembers where each one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headrace.errors import StatementError

# One alternative per thing whose inside must not be read as SQL, then the end of a statement, then anything else.
# Flink knows '…' with '' for a quote, `…` with `` for a backquote, -- and // to the end of the line, and /* … */.
_TOKEN = re.compile(
    r"""
      (?P<string>'(?:[^']|'')*')
    | (?P<identifier>`(?:[^`]|``)*`)
    | (?P<comment>--[^\n]*|//[^\n]*|/\*.*?\*/)
    | (?P<unclosed>'|`|/\*)
    | (?P<end>;)
    | (?P<space>\s+)
    | (?P<other>[^\s;'`/-]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNCLOSED = {"'": ("string", "'"), "`": ("quoted name", "`"), "/*": ("comment", "*/")}


@dataclass(frozen=True)
class Statement:
    """One statement, from its first word on, without the semicolon; comments inside it are blanked out.

    Attributes:
        text: the statement; its line breaks stand where they stood.
        file: the file's name as it was given.
        line: the line of its first word, from 1 on.
    """

    text: str
    file: str
    line: int

    def words(self, number: int) -> list[str]:
        """The first words of the statement, in capitals."""
        return [word.upper() for word in self.text.split(maxsplit=number)[:number]]


def split_statements(text: str, file: str) -> list[Statement]:
    """The statements of a file's text, the last one with or without a semicolon.

    Raises:
        StatementError: a string, quoted name or comment is not closed.

    >>> split_statements("SELECT ';' -- one; two\\n; SELECT 2", "a.sql")
    [Statement(text="SELECT ';'", file='a.sql', line=1), Statement(text='SELECT 2', file='a.sql', line=2)]
    """
    statements: list[Statement] = []
    parts: list[str] = []
    line = start = 1
    for token in _TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group()
        if kind == "unclosed":
            what, closing = _UNCLOSED[word]
            raise StatementError(f"{file}:{line}: a {what} opens here and does not end. Close it with {closing}")
        if kind == "end":
            _add(statements, parts, file, start)
            parts = []
        elif kind in {"comment", "space"}:
            if parts:
                parts.append(word if kind == "space" else "\n" * word.count("\n"))
        else:
            if not parts:
                start = line
            parts.append(word)
        line += word.count("\n")
    _add(statements, parts, file, start)
    return statements


def _add(statements: list[Statement], parts: list[str], file: str, line: int) -> None:
    text = "".join(parts).rstrip()
    if text:
        statements.append(Statement(text, file, line))
