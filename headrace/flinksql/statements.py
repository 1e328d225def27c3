"""Splits a file of Flink SQL into its statements, and remembers where each one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from headrace.flinksql.syntax_error import FlinkSyntaxError, syntax_error

# One alternative per thing whose inside must not be read as SQL, then the end of a statement, then anything else.
# Flink knows '…' with '' for a quote, `…` with `` for a backquote, -- and // to the end of the line, and /* … */;
# /*+ … */ is a hint and belongs to the statement.
_TOKEN = re.compile(
    r"""
      (?P<string>'(?:[^']|'')*+')
    | (?P<identifier>`(?:[^`]|``)*+`)
    | (?P<comment>--[^\n]*|//[^\n]*|/\*(?!\+).*?\*/)
    | (?P<hint>/\*\+|\*/)
    | (?P<unclosed>'|`|/\*)
    | (?P<end>;)
    | (?P<space>\s+)
    | (?P<other>[^\s;'`/*-]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNCLOSED = {"'": ("string", "'"), "`": ("quoted name", "`"), "/*": ("comment", "*/")}
_SET_BEGINS = ["STATEMENT", "SET", "BEGIN"]


@dataclass(frozen=True)
class Statement:
    """One statement, from its first word on, without the semicolon; comments inside it are blanked out.

    STATEMENT SET BEGIN …; …; END is one statement. BEGIN STATEMENT SET and its END are statements of their own, as they
    are for Flink's client.

    Attributes:
        text: the statement; what is in it stands at the line and column where it stood.
        file: the file's name as it was given.
        line: the line of its first word, from 1 on.
        column: the column of its first word, from 1 on.
    """

    text: str
    file: str
    line: int
    column: int = field(default=1, compare=False)

    def words(self, number: int) -> list[str]:
        """The first words of the statement, in capitals."""
        return [word.upper() for word in self.text.split(maxsplit=number)[:number]]


def split_statements(text: str, file: str) -> list[Statement]:
    """The statements of a file's text, the last one with or without a semicolon.

    Raises:
        FlinkSyntaxError: a string, quoted name, comment or statement set is not closed.

    >>> [statement.text for statement in split_statements("SELECT ';' -- one; two\\n; SELECT 2", "a.sql")]
    ["SELECT ';'", 'SELECT 2']
    >>> [statement.text for statement in split_statements("EXECUTE STATEMENT SET BEGIN INSERT INTO a …; END;", "a.sql")]
    ['EXECUTE STATEMENT SET BEGIN INSERT INTO a …; END']
    """
    statements: list[Statement] = []
    parts: list[str] = []
    words: list[str] = []
    start = (1, 1)
    set_begins: tuple[int, int] | None = None
    line, line_start = 1, 0
    for token in _TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group()
        place = (line, token.start() - line_start + 1)
        if kind == "unclosed":
            what, closing = _UNCLOSED[word]
            raise _unclosed(text, file, place, f"a {what} opens here and does not end. Close it with {closing}", word)
        if kind == "end" and set_begins is None:
            _add(statements, parts, file, start)
            parts, words = [], []
        elif kind in {"comment", "space"}:
            if parts:
                parts.append(word if kind == "space" else re.sub(r"[^\n]", " ", word))
        else:
            if not parts:
                start = place
            parts.append(word)
            if set_begins and word.upper() == "END" and words[-1] in {";", "BEGIN"}:
                set_begins = None
            words = [*words[-2:], word.upper()]
            if words == _SET_BEGINS:
                set_begins = place
        line += word.count("\n")
        if "\n" in word:
            line_start = token.start() + word.rindex("\n") + 1
    if set_begins:
        fact = "a statement set begins here and does not end. Close it with END;"
        raise _unclosed(text, file, set_begins, fact, "BEGIN")
    _add(statements, parts, file, start)
    return statements


def _add(statements: list[Statement], parts: list[str], file: str, start: tuple[int, int]) -> None:
    text = "".join(parts).rstrip()
    if text:
        statements.append(Statement(text, file, *start))


def _unclosed(text: str, file: str, place: tuple[int, int], fact: str, opening: str) -> FlinkSyntaxError:
    return syntax_error(text, (file, 1, 1), place, len(opening), fact)
