"""Text to trees, and errors that show the place in the file."""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from rich.cells import cell_len
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

import headrace.flinksql.dialect  # noqa: F401  (registers `flink`)
from headrace.errors import StatementError
from headrace.flinksql.statements import Statement, split_statements


class FlinkSyntaxError(StatementError):
    """Text that is not Flink SQL.

    Attributes:
        file: as it was given; may be empty.
        line, column: of the first character at fault, in the file, from 1 on.
        fact: what is wrong, and the remedy where it is known.
        underlined: the line, and ^ below what is at fault.
    """

    def __init__(self, file: str, line: int, column: int, fact: str, underlined: str) -> None:
        end = "" if fact.endswith("?") else "."
        super().__init__(f"{file}:{line}:{column}: {fact}{end}\n{underlined}")
        self.file = file
        self.line = line
        self.column = column
        self.fact = fact
        self.underlined = underlined


@dataclass(frozen=True)
class ParsedStatement:
    """A statement and its tree."""

    statement: Statement
    tree: exp.Expr


def parse_statement(text: str, file: str = "", line: int = 1, column: int = 1) -> exp.Expr:
    """The tree of one statement.

    Args:
        text: the statement, without a semicolon or with one.
        file: for errors.
        line: where the statement begins in the file, for errors.
        column: likewise.

    Raises:
        FlinkSyntaxError: it is not a statement of Flink SQL, or more than one.

    >>> parse_statement("SELECT a FROM t").sql("flink")
    'SELECT a FROM t'
    >>> try:
    ...     parse_statement("SELECT user FROM t WHERE comment = 1", "a.sql", line=7)
    ... except FlinkSyntaxError as error:
    ...     print(error)
    a.sql:7:26: `comment` is a reserved word in Flink: write `comment` in backquotes.
      7 | SELECT user FROM t WHERE comment = 1
        |                          ^^^^^^^
    """
    try:
        trees = sqlglot.parse(text, dialect="flink")
    except ParseError as error:
        found = error.errors[0]
        raise _syntax_error(
            text, (file, line, column), (found["line"], found["col"]), len(found["highlight"]), found["description"]
        ) from error
    except TokenError as error:
        raise _syntax_error(
            text, (file, line, column), (1, 1), 1, "A string, a quoted name or a comment does not end"
        ) from error
    tree = trees[0] if len(trees) == 1 else None
    if tree is None:
        fact = f"Expected one statement, found {len([tree for tree in trees if tree is not None])}"
        raise _syntax_error(text, (file, line, column), (1, 1), 1, fact)
    if not _is_statement(tree):
        words = text.split()
        fact = f"Expected a statement (SELECT, INSERT, CREATE, …), found `{words[0]}`"
        raise _syntax_error(text, (file, line, column), (1, 1), len(words[0]), fact)
    return tree


def parse_script(text: str, file: str) -> list[ParsedStatement]:
    """The statements of a file with their trees.

    Raises:
        StatementError: a string, quoted name, comment or statement set is not closed.
        FlinkSyntaxError: a statement is not Flink SQL.
    """
    return [
        ParsedStatement(statement, parse_statement(statement.text, file, statement.line, statement.column))
        for statement in split_statements(text, file)
    ]


def place(node: exp.Expr, text: str) -> tuple[int, int] | None:
    """Line and column (from 1 on) of a name or call in the text that was parsed; None if the node has no place.

    >>> tree = parse_statement("SELECT a,\\n  f(b) FROM t")
    >>> place(tree.find(exp.Anonymous), "SELECT a,\\n  f(b) FROM t")
    (2, 3)
    """
    start = node.meta.get("start")
    if start is None:
        starts = [child.meta["start"] for child in node.find_all(exp.Identifier) if "start" in child.meta]
        if not starts:
            return None
        start = min(starts)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _is_statement(tree: exp.Expr) -> bool:
    return not isinstance(tree, exp.Condition | exp.Alias | exp.Tuple | exp.Identifier)


def _syntax_error(
    text: str, origin: tuple[str, int, int], at: tuple[int, int], length: int, fact: str
) -> FlinkSyntaxError:
    file, first_line, first_column = origin
    line, column = at
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    shift = first_column - 1 if line == 1 else 0
    number = str(first_line + line - 1)
    marks = "^" * max(1, min(length, len(shown) - column + 1))
    margin = " " * len(number)
    underlined = f"  {number} | {' ' * shift}{shown}\n  {margin} | {' ' * (shift + _width(shown[: column - 1]))}{marks}"
    return FlinkSyntaxError(file, first_line + line - 1, column + shift, fact, underlined)


def _width(text: str) -> int:
    """Cells of a terminal; Chinese characters take two."""
    return cell_len(text)
