"""Flink's reserved words, asked from its own parser; run as a program it writes them into the dialect."""

from __future__ import annotations

import textwrap
from pathlib import Path

from headrace.flinksql.dialect import reserved_words as written
from headrace.settings import Settings
from headrace.testing.flink_parser import FlinkSqlParser

_TEXT = '''"""Words that Flink 2.3's parser refuses, as it said itself: made by `make reserved-words`.

RESERVED_WORDS are refused as a name: of a column, a table, an alias. RESERVED_IN_SELECT are refused where a value is
expected; some reserved words have a meaning there, such as USER and CURRENT_DATE, so that `SELECT user FROM t` is no
error, but not the column either.
"""

from __future__ import annotations

_NAMES = """
{names}
"""
_VALUES = """
{values}
"""

RESERVED_WORDS = frozenset(_NAMES.split())
RESERVED_IN_SELECT = frozenset(_VALUES.split())
'''


def ask(parser: FlinkSqlParser) -> tuple[list[str], list[str]]:
    """The words refused as a column's name in CREATE TABLE, and those refused in SELECT."""
    words = parser.keywords()
    names = parser.ask(f"CREATE TABLE t ({word} INT)" for word in words)
    values = parser.ask(f"SELECT {word} FROM t" for word in words)  # noqa: S608
    return (
        [word for word, answer in zip(words, names, strict=True) if answer.normalised is None],
        [word for word, answer in zip(words, values, strict=True) if answer.normalised is None],
    )


def _block(words: list[str]) -> str:
    return textwrap.fill(" ".join(words), 119)


if __name__ == "__main__":
    settings = Settings()
    with FlinkSqlParser(settings, settings.home / "cache" / "flink-parser") as oracle:
        found_names, found_values = ask(oracle)
    Path(written.__file__).write_text(_TEXT.format(names=_block(found_names), values=_block(found_values)))
