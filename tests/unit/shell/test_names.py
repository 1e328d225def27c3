"""Names that a session knows."""

from __future__ import annotations

from typing import Any

from headrace.shell.names import CatalogNames


class Gateway:
    """Stands in for a session of the gateway: has some tables, and remembers what it was asked."""

    def __init__(self, tables: dict[str, str]) -> None:
        self.tables, self.asked = tables, list[str]()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        self.asked.append(statement)
        if statement == "SHOW TABLES":
            return [(name,) for name in self.tables]
        return [(self.tables[statement.split("`")[1]], "STRING")]


def test_tables_of_the_statement_are_asked_first() -> None:
    gateway = Gateway({f"table_{n}": "other" for n in range(20)} | {"comments": "comment"})
    names = CatalogNames(gateway)  # type: ignore[arg-type]
    assert names.is_column("comment", "SELECT sentiment(comment) FROM comments")
    assert gateway.asked == ["SHOW TABLES", "DESCRIBE `comments`"]
    assert not names.is_column("nothing", "SELECT nothing FROM comments")


def test_session_with_views_of_its_own_is_asked_once_they_are_made() -> None:
    names = CatalogNames(Gateway({"comments": "comment"}))  # type: ignore[arg-type]
    assert names.tables() == ("comments",)
    names.forget(Gateway({"comments": "comment", "mine": "value"}))  # type: ignore[arg-type]
    assert names.tables() == ("comments", "mine")
    assert names.is_column("value", "SELECT value FROM mine")
