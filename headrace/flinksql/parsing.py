"""Text to trees, and errors that show the place in the file."""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

import headrace.flinksql.dialect  # noqa: F401  (registers `flink`)
from headrace.flinksql.statements import Statement, split_statements
from headrace.flinksql.syntax_error import FlinkSyntaxError, syntax_error

__all__ = ["FlinkSyntaxError", "ParsedStatement", "parse_script", "parse_statement", "place"]


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
    a.sql:7:26: `comment` is a reserved word in Flink: write `comment` in backquotes
      7 | SELECT user FROM t WHERE comment = 1
        |                          ^^^^^^^
    """
    try:
        trees = sqlglot.parse(text, dialect="flink")
    except ParseError as error:
        found = error.errors[0]
        raise syntax_error(
            text, (file, line, column), (found["line"], found["col"]), len(found["highlight"]), found["description"]
        ) from error
    except TokenError as error:
        raise _unclosed(text, (file, line, column)) from error
    tree = trees[0] if len(trees) == 1 else None
    if tree is None:
        fact = f"Expected one statement, found {len([tree for tree in trees if tree is not None])}"
        raise syntax_error(text, (file, line, column), (1, 1), 1, fact)
    if not _is_statement(tree):
        words = text.split()
        fact = f"Expected a statement (SELECT, INSERT, CREATE, …), found `{words[0]}`"
        raise syntax_error(text, (file, line, column), (1, 1), len(words[0]), fact)
    return tree


def parse_script(text: str, file: str) -> list[ParsedStatement]:
    """The statements of a file with their trees.

    Raises:
        FlinkSyntaxError: a statement is not Flink SQL, or a string, quoted name, comment or statement set does not
            end.
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


def _unclosed(text: str, origin: tuple[str, int, int]) -> FlinkSyntaxError:
    """The error of a string, quoted name or comment without an end: sqlglot does not say where it begins."""
    try:
        split_statements(text, "")
    except FlinkSyntaxError as error:
        return syntax_error(text, origin, (error.line, error.column), 1, error.fact)
    return syntax_error(text, origin, (1, 1), 1, "a string, quoted name or comment does not end")
