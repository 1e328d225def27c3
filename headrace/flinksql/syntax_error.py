"""The error of text that is not Flink SQL: the place, the fact, the text underlined."""

from __future__ import annotations

from rich.cells import cell_len

from headrace.errors import StatementError


class FlinkSyntaxError(StatementError):
    """Text that is not Flink SQL.

    Attributes:
        file: as it was given; may be empty.
        line, column: of the first character at fault, in the file, from 1 on.
        fact: what is wrong, and the remedy where it is known.
        underlined: the line, and ^ below what is at fault.
    """

    def __init__(self, file: str, line: int, column: int, fact: str, underlined: str) -> None:
        super().__init__(f"{file}:{line}:{column}: {fact}\n{underlined}")
        self.file = file
        self.line = line
        self.column = column
        self.fact = fact
        self.underlined = underlined


def syntax_error(
    text: str, origin: tuple[str, int, int], at: tuple[int, int], length: int, fact: str
) -> FlinkSyntaxError:
    """The error at a place of a text.

    Args:
        text: what was read.
        origin: the file, and where in it the text begins: line and column, from 1 on.
        at: line and column in the text, from 1 on.
        length: how many characters are at fault.
        fact: what is wrong, and the remedy where it is known.
    """
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
