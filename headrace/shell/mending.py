"""Statements as analysts type them become statements that Flink takes: reserved words quoted, constants made rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from sqlglot import exp

from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS
from headrace.flinksql.parsing import FlinkSyntaxError, parse_statement

# The table that constants become, and its columns: c1, c2, …
CONSTANTS = "constants"
_WORD = re.compile(r"[A-Za-z_]\w*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def mend(statement: str, functions: Collection[str], is_column: Callable[[str], bool]) -> str:
    """The statement as Flink takes it; one that needs nothing, or that cannot be read, as it is.

    A reserved word is quoted where it stands for a column. Flink 2.3 fails in Python functions over constants alone;
    where a query has no FROM, its constants become a row of a table.

    Args:
        statement: one.
        functions: those that users have created.
        is_column: whether some table has a column of a name.

    >>> mend("SELECT sentiment(comment) FROM comments", {"sentiment"}, lambda name: name == "comment")
    'SELECT sentiment(`comment`) FROM comments'
    >>> mend("SELECT sentiment('太差了')", {"sentiment"}, lambda name: False)
    "SELECT sentiment(c1) FROM (VALUES ('太差了')) AS constants (c1)"
    """
    try:
        quoted_statement, tree = _with_quotes(statement, is_column)
    except FlinkSyntaxError:
        return statement
    return tree.sql("flink") if _with_rows(tree, functions) else quoted_statement


def syntax_error(statement: str) -> FlinkSyntaxError | None:
    """What is wrong with a statement's syntax, as far as the dialect tells."""
    try:
        parse_statement(statement)
    except FlinkSyntaxError as error:
        return error
    return None


def outer_limit(statement: str) -> int | None:
    """The n of a query that ends with LIMIT n, or FETCH FIRST n ROWS ONLY.

    >>> outer_limit("SELECT a FROM t LIMIT 5")
    5
    """
    try:
        limit = parse_statement(statement).args.get("limit")
    except FlinkSyntaxError:
        return None
    count = (
        limit.args.get("expression") or limit.args.get("count") if isinstance(limit, exp.Limit | exp.Fetch) else None
    )
    return int(count.name) if isinstance(count, exp.Literal) and count.name.isdigit() else None


def laid_out(query: str) -> str:
    """A query over several lines, as files have it; one that its author has laid out stays as it is.

    >>> print(laid_out("SELECT a FROM t WHERE b > 1 AND NOT c"))
    SELECT
      a
    FROM t
    WHERE
      b > 1 AND NOT c
    """
    if "\n" in query.strip():
        return query
    try:
        return str(parse_statement(query).sql("flink", pretty=True))
    except FlinkSyntaxError:
        return query


def quoted(name: str) -> str:
    """A name as SQL takes it: in backquotes where it has to be.

    >>> quoted("score"), quoted("comment")
    ('score', '`comment`')
    """
    plain = _NAME.fullmatch(name) and name.upper() not in RESERVED_WORDS
    return name if plain else f"`{name.replace('`', '``')}`"


def _with_quotes(statement: str, is_column: Callable[[str], bool]) -> tuple[str, exp.Expr]:
    """Quotes one reserved word after the other, as long as each brings the parser further."""
    text, reached = statement, -1
    while True:
        try:
            return text, parse_statement(text)
        except FlinkSyntaxError as error:
            offset = _offset(text, error.line, error.column)
            found = _reserved_word(text, offset)
            if offset <= reached or found is None or not _is_name(text, found, is_column):
                raise
            reached = found.end() + 1  # behind the quoted word, but for the quote
            text = f"{text[: found.start()]}`{found.group()}`{text[found.end() :]}"


def _reserved_word(text: str, offset: int) -> re.Match[str] | None:
    """The unquoted reserved word at a place, else the one before it: DATE alone is missed only at the next word."""
    here = _WORD.match(text, offset)
    before = [word for word in _WORD.finditer(text, 0, offset) if not text[word.end() : offset].strip()]
    for word in (here, *before):
        if word and word.group().upper() in RESERVED_WORDS and text[word.start() - 1 : word.start()] != "`":
            return word
    return None


def _is_name(text: str, word: re.Match[str], is_column: Callable[[str], bool]) -> bool:
    """Whether a word stands for a column: one of a table, one behind a dot or AS."""
    before = text[: word.start()].rstrip()
    return before.endswith(".") or bool(re.search(r"\bAS$", before, re.IGNORECASE)) or is_column(word.group())


def _with_rows(tree: exp.Expr, functions: Collection[str]) -> bool:
    """Makes rows of the constants that functions are called with in queries without FROM; whether there were any."""
    mended = False
    for select in list(tree.find_all(exp.Select)):
        if select.args.get("from_"):
            continue
        constants: list[exp.Expr] = []
        for call in select.find_all(exp.Anonymous):
            if call.name in functions and call.expressions and call.parent_select is select and not _varies(call):
                for argument in call.expressions:
                    constants.append(argument.copy())
                    argument.replace(exp.column(f"c{len(constants)}"))
        if constants:
            names = ", ".join(f"c{number}" for number in range(1, len(constants) + 1))
            values = ", ".join(constant.sql("flink") for constant in constants)
            rows = parse_statement(f"SELECT {names} FROM (VALUES ({values})) AS {CONSTANTS}({names})")  # noqa: S608
            select.set("from_", rows.args["from_"])
            mended = True
    return mended


def _varies(call: exp.Anonymous) -> bool:
    return any(True for _ in call.find_all(exp.Column, exp.Select, exp.Star))


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
