"""Statements as analysts type them become statements that Flink takes."""

from __future__ import annotations

from collections.abc import Sequence


def mend(statement: str, functions: Sequence[str]) -> str:
    """The statement as Flink takes it."""
    return statement


def outer_limit(statement: str) -> int | None:
    """The n of a query that ends in LIMIT n."""
    return None


def quoted(name: str) -> str:
    """A name as SQL takes it: in backquotes where it has to be."""
    return name
