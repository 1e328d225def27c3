"""What is wrong with a query when its names are looked up."""

from __future__ import annotations

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
