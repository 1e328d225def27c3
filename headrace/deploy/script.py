"""A script for a session of Flink that knows for each of its lines from which file it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from headrace.flinksql.statements import Statement


@dataclass(frozen=True)
class Place:
    """A line of a file; 0 where only the file is known."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass
class Script:
    """Statements in the order of their execution; `places` has one entry per line of each statement."""

    texts: list[str] = field(default_factory=list)
    places: list[list[Place | None]] = field(default_factory=list)

    def add(self, statement: Statement) -> None:
        """Adds a statement that stands in a file."""
        self._add(statement.text, _places(statement))

    def add_own(self, text: str, file: str | None = None) -> None:
        """Adds a statement that no file holds; `file`, if any, is named when it fails."""
        self._add(text, [Place(file, 0) if file else None] * (text.count("\n") + 1))

    def add_statement_set(self, head: str, inserts: list[Statement]) -> None:
        """Adds `<head> STATEMENT SET BEGIN …; …; END`."""
        lines = [f"{head} STATEMENT SET BEGIN"]
        places: list[Place | None] = [None]
        for insert in inserts:
            lines.append(f"{insert.text};")
            places.extend(_places(insert))
        lines.append("END")
        places.append(None)
        self._add("\n".join(lines), places)

    def place(self, statement: int, line: int | None) -> Place | None:
        """Where a line (from 1 on) of the n-th statement (from 0 on) came from; its first line if none is given."""
        places = self.places[statement]
        if line is not None and 1 <= line <= len(places):
            return places[line - 1]
        files = {place.file for place in places if place}
        return next(place for place in places if place) if len(files) == 1 else None

    def __str__(self) -> str:
        return "".join(f"{text};\n" for text in self.texts)

    def _add(self, text: str, places: list[Place | None]) -> None:
        self.texts.append(text)
        self.places.append(places)


def _places(statement: Statement) -> list[Place | None]:
    return [Place(statement.file, statement.line + n) for n in range(statement.text.count("\n") + 1)]
