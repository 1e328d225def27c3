"""The dialect's corpus: statements of Flink SQL by subject, in files, with variants written together.

A file in tests/flinksql/corpus holds statements as any SQL file does. «a¦b» stands for each of its alternatives in
turn, so that one line may be dozens of statements: `SHOW TABLES«¦ FROM d¦ IN c.d»;`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from headrace.flinksql.statements import Statement, split_statements
from headrace.settings import PROJECT

FOLDER = PROJECT / "tests" / "flinksql" / "corpus"
_CHOICE = re.compile(r"«([^«»]*)»")


def read_corpus(folder: Path = FOLDER) -> list[Statement]:
    """All statements of the corpus, each variant one."""
    return [
        Statement(text, statement.file, statement.line, statement.column)
        for file in sorted(folder.glob("*.sql"))
        for statement in split_statements(file.read_text(encoding="utf-8"), file.name)
        for text in variants(statement.text)
    ]


def variants(text: str) -> Iterator[str]:
    """Each way of taking one alternative of each choice.

    >>> list(variants("DROP «¦TEMPORARY »VIEW«¦ IF EXISTS» v"))
    ['DROP VIEW v', 'DROP VIEW IF EXISTS v', 'DROP TEMPORARY VIEW v', 'DROP TEMPORARY VIEW IF EXISTS v']
    """
    parts = _CHOICE.split(text)
    for choice in itertools.product(*(part.split("¦") for part in parts[1::2])):
        # Texts between the choices, each followed by what was chosen there.
        yield "".join(itertools.chain(*itertools.zip_longest(parts[0::2], choice, fillvalue="")))
