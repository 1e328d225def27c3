r"""What an analyst types or a file holds: statements that end with a semicolon, and commands, a line each: `\help`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from headrace.errors import ShellError, StatementError
from headrace.flinksql.statements import Statement, split_statements
from headrace.flinksql.syntax_error import FlinkSyntaxError
from headrace.shell.punctuation import plain


@dataclass(frozen=True)
class Command:
    r"""A command of the shell.

    Attributes:
        name: without the backslash.
        arguments: its words, quoted ones whole.
        file, line: where it stands.
    """

    name: str
    arguments: tuple[str, ...]
    file: str
    line: int


def read_script(text: str, file: str = "") -> list[Statement | Command]:
    r"""The statements and commands of a text, in their order.

    Raises:
        StatementError: a string, quoted name or comment is not closed.
        ShellError: a command's quotation mark is not closed.

    >>> [type(item).__name__ for item in read_script("SELECT 1;\n\\timing on\nSELECT 2")]
    ['Statement', 'Command', 'Statement']
    """
    items: list[Statement | Command] = []
    pending: list[str] = []
    first = 1  # the line on which `pending` begins
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if line.lstrip().startswith("\\") and not _is_open("".join(pending)):
            items += _statements("".join(pending), file, first)
            items.append(_command(line.strip(), file, number))
            pending, first = [], number + 1
        else:
            pending.append(line)
    return items + list(_statements("".join(pending), file, first))


def is_complete(text: str) -> bool:
    r"""Whether what was typed can be run: a command, or statements of which the last one has its semicolon."""
    return text.lstrip().startswith("\\") or not _is_open(plain(text))


def what_is_open(text: str) -> str:
    """What of a text is not closed, where, and how to close it; nothing if all is.

    >>> what_is_open("SELECT 'a")
    "line 1, column 8: a string opens here and does not end. Close it with '"
    """
    try:
        split_statements(text, "")
    except FlinkSyntaxError as error:
        return f"line {error.line}, column {error.column}: {error.fact}"
    return ""


def _is_open(text: str) -> bool:
    """Whether a statement has begun and not ended: another word would belong to it."""
    try:
        before = split_statements(text, "")
        return len(split_statements(f"{text}\nword", "")) == len(before)
    except StatementError:
        return True


def _statements(text: str, file: str, first: int) -> list[Statement | Command]:
    # Lines that are not there keep the numbers of those that follow.
    text = "\n" * (first - 1) + text
    if not file and (fault := what_is_open(text)):
        raise StatementError(fault)
    return list(split_statements(text, file))


def _command(line: str, file: str, number: int) -> Command:
    try:
        name, *arguments = shlex.split(line[1:].rstrip(";")) or [""]
    except ValueError as error:
        place = f"{file}:{number}: " if file else ""
        raise ShellError(f"{place}{line}: {str(error).lower()}. Close the quotation mark.") from error
    return Command(name, tuple(arguments), file, number)
