"""What to do about what Flink refuses."""

from __future__ import annotations

from typing import Any

import pytest

from headrace.shell.names import CatalogNames
from headrace.shell.remedies import remedy

ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "SHOW TABLES": [("comments",), ("scored",)],
    "SHOW USER FUNCTIONS": [("sentiment",)],
    "SHOW FUNCTIONS": [("upper",)],
    "DESCRIBE `comments`": [("payload", "STRING")],
    "DESCRIBE `scored`": [("score", "DOUBLE"), ("label", "STRING")],
}


class Gateway:
    """Stands in for a session of the gateway: knows a few names."""

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return ANSWERS[statement]


@pytest.mark.parametrize(
    ("words", "statement", "told"),
    [
        ("Column 'scor' not found in any table", "SELECT scor FROM scored", "Did you mean score?"),
        (
            "Column 'x' not found in table 's'",
            "SELECT s.x FROM scored AS s",
            "If it is a text, write 'x'. There are: label, score.",
        ),
        ("Column 'x' not found in any table", "SELECT x FROM t", "If it is a text, write 'x'."),
        ("Object 'coments' not found", "SELECT a FROM coments", "Did you mean comments?"),
        ("Object 'zzz' not found", "SELECT a FROM zzz", "\\tables lists tables and views."),
        ("Cannot find table '`headrace`.`default`.`coments`' in any", "…", "Did you mean comments?"),
        (
            "Column types of query result and sink for 'headrace.default.scored' do not match.",
            "…",
            "Give one value for each of its columns, in their order and of their types: \\describe scored",
        ),
        ("No match found for function signature sentimnt(<CHARACTER>)", "…", "Did you mean sentiment?"),
        ("specify an ON CONFLICT clause", "…", "End the statement with ON CONFLICT DO DEDUPLICATE"),
        ("For input string: 'a'", "…", ""),
    ],
)
def test_remedy(words: str, statement: str, told: str) -> None:
    found = remedy(words, statement, CatalogNames(Gateway()))  # type: ignore[arg-type]
    assert found.startswith(told)
    assert bool(found) == bool(told)
