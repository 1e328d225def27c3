"""What is wrong with a query when its names are looked up."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

ProblemKind = Literal["table", "column", "function", "ambiguous", "star", "window", "union"]


@dataclass(frozen=True)
class Problem:
    """A name that stands for nothing, or for several things.

    Attributes:
        kind: what was looked for.
        node: where it is written.
        fact: what is wrong.
        remedy: what to write instead.
        replacement: the name that is probably meant; empty if there is none.
    """

    kind: ProblemKind
    node: exp.Expr
    fact: str
    remedy: str
    replacement: str = ""


def likely_name(name: str, known: Iterable[str]) -> str:
    """The known name that a wrong one probably means; empty if none is near.

    >>> likely_name("sentimant", ["sentiment", "score"])
    'sentiment'
    """
    names = {other.lower(): other for other in known}
    if name.lower() in names:
        return names[name.lower()]
    found = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.7)
    return names[found[0]] if found else ""


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Names for a message, not too many of them."""
    all_names = list(names)
    return ", ".join(all_names[:limit]) + (f" and {len(all_names) - limit} more" if len(all_names) > limit else "")
