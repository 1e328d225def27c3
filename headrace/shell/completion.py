"""What the Tab key offers: tables after FROM, columns of the tables that a statement names, functions, keywords."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from headrace.shell.keywords import BEFORE_TABLES, CLAUSES, SHOWN, STATEMENTS
from headrace.shell.names import CatalogNames
from headrace.sql_gateway.client import Column

_WORD = re.compile(r"[\w$]+|`[^`]*`?|\S")
# A table, and the name that it has in the statement.
_NAMED = re.compile(
    r"\b(?:FROM|JOIN|TABLE|INTO)\s+(?:TABLE\s+)?`?(?P<table>\w+)`?(?:\s+(?:AS\s+)?`?(?P<alias>\w+)`?)?", re.IGNORECASE
)


class SqlCompleter(Completer):
    """Completes statements and the shell's own commands.

    Args:
        names: gives those of the session.
        commands: the shell's own, without the backslash.
        quoted: writes a name as SQL needs it: reserved words in backquotes.
    """

    def __init__(
        self, names: Callable[[], CatalogNames], commands: Sequence[str], quoted: Callable[[str], str]
    ) -> None:
        self._get_names, self._commands, self._quoted = names, commands, quoted

    @property
    def _names(self) -> CatalogNames:
        return self._get_names()

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Completions for the word before the cursor."""
        before = document.text_before_cursor
        if before.lstrip().startswith("\\"):
            yield from self._command(before.lstrip())
            return
        statement = before.rpartition(";")[2]
        if statement.count("'") % 2:  # inside a text
            return
        typed = re.search(r"[\w.`]*$", statement)
        word = typed.group() if typed else ""
        words = [w.upper() for w in _WORD.findall(statement[: len(statement) - len(word)])]
        qualifier, dot, part = word.rpartition(".")
        if dot:
            yield from _matches(part, self._columns_of(qualifier, document.text), self._quoted)
        elif not words:
            yield from _keywords(word, STATEMENTS)
        elif words[-1] == "SHOW":
            yield from _keywords(word, SHOWN)
        elif words[-1] in BEFORE_TABLES:
            yield from _matches(word, ((name, "table") for name in self._names.tables()), self._quoted)
        elif word or words[-1] in {"SELECT", "(", ",", "WHERE", "BY", "AND", "OR", "ON"}:
            yield from self._expressions(word, document.text)

    def _command(self, before: str) -> Iterator[Completion]:
        name, space, rest = before[1:].partition(" ")
        if not space:
            yield from (Completion(c, -len(name), display=f"\\{c}") for c in self._commands if c.startswith(name))
        elif name == "describe":
            yield from _matches(rest.strip(), ((table, "table") for table in self._names.tables()), str)

    def _expressions(self, word: str, statement: str) -> Iterator[Completion]:
        for table in dict.fromkeys(found["table"] for found in _NAMED.finditer(statement)):
            yield from _matches(word, _described(self._names.columns(table)), self._quoted)
        if word:
            yield from _matches(word, ((f"{name}(", "function") for name in self._names.user_functions()), str)
            yield from _keywords(word, CLAUSES)
            own = set(self._names.user_functions())
            functions = (f"{name.upper()}(" for name in self._names.all_functions() if name not in own)
            yield from _matches(word, ((name, "function") for name in functions), str)

    def _columns_of(self, qualifier: str, statement: str) -> Iterator[tuple[str, str]]:
        name = qualifier.strip("`").lower()
        for found in _NAMED.finditer(statement):
            if name in {(found["alias"] or "").lower(), found["table"].lower()}:
                yield from _described(self._names.columns(found["table"]))
                return


def _described(columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    return ((column.name, column.type) for column in columns)


def _matches(word: str, names: Iterable[tuple[str, str]], quoted: Callable[[str], str]) -> Iterator[Completion]:
    bare = word.strip("`").lower()
    for name, meaning in names:
        if name.lower().startswith(bare):
            yield Completion(quoted(name), -len(word), display=name, display_meta=meaning)


def _keywords(word: str, keywords: Iterable[str]) -> Iterator[Completion]:
    for keyword in keywords:
        if keyword.startswith(word.upper()):
            yield Completion(keyword.lower() if word.islower() else keyword, -len(word), display_meta="keyword")
