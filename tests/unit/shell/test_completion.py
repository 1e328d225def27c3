"""What the Tab key offers."""

from __future__ import annotations

from typing import Any

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from headrace.shell.completion import SqlCompleter
from headrace.shell.mending import quoted
from headrace.shell.names import CatalogNames

ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "SHOW TABLES": [("comments",), ("comment_sentiment",)],
    "SHOW USER FUNCTIONS": [("sentiment",)],
    "SHOW FUNCTIONS": [("sentiment",), ("upper",), ("||",)],
    "DESCRIBE `comments`": [("comment", "STRING"), ("event_time", "TIMESTAMP_LTZ(3) *ROWTIME*")],
    "DESCRIBE `comment_sentiment`": [("score", "DOUBLE")],
}


class Gateway:
    """Stands in for a session of the gateway: knows a few names."""

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return ANSWERS[statement]


def offered(text: str, cursor: int | None = None) -> list[str]:
    names = CatalogNames(Gateway())  # type: ignore[arg-type]
    completer = SqlCompleter(lambda: names, ["describe", "help"], quoted)
    found = completer.get_completions(Document(text, cursor), CompleteEvent())
    return [completion.text for completion in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("SEL", ["SELECT"]),
        ("sel", ["select"]),
        ("SELECT a FROM com", ["comments", "comment_sentiment"]),
        ("INSERT INTO ", ["comments", "comment_sentiment"]),
        ("SELECT 1; DESCRIBE comment_", ["comment_sentiment"]),
        ("SELECT sent", ["sentiment("]),
        ("\\des", ["describe"]),
        ("\\describe comment_", ["comment_sentiment"]),
        ("SELECT 'a text FROM ", []),
        ("SHOW TAB", ["TABLES"]),
    ],
)
def test_offers(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first
    if not first:
        assert offered(text) == []


def test_columns_of_the_tables_that_the_statement_names() -> None:
    text = "SELECT c FROM comments"
    assert offered(text, len("SELECT c"))[0] == "`comment`"  # it has to be quoted
    text = "SELECT c.e FROM comments AS c"
    assert offered(text, len("SELECT c.e")) == ["event_time"]


def test_functions_of_flink_are_offered() -> None:
    assert "UPPER(" in offered("SELECT upp")
