"""A value that a field may have, and the choice between several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | date | Decimal


class Field(StrEnum):
    """The fields of an invoice, in the order of the SQL function's columns."""

    INVOICE_CODE = "invoice_code"
    INVOICE_NUMBER = "invoice_number"
    ISSUE_DATE = "issue_date"
    BUYER = "buyer"
    SELLER = "seller"
    BUYER_TAX_ID = "buyer_tax_id"
    SELLER_TAX_ID = "seller_tax_id"
    AMOUNT = "amount"
    TAX = "tax"
    TOTAL = "total"


class Origin(StrEnum):
    """Where a value comes from."""

    READ = "read"
    REPAIRED = "repaired"
    """It was read as something else, and a check showed what stands there."""
    COMPUTED = "computed"
    """It was not read, and follows from other fields."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field may have.

    Attributes:
        value: the value.
        score: how well its place and its form fit the field, in [0, 1].
        confidence: of the reader, the least of the lines that the value comes from.
    """

    value: Value
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of a field before the checks.

    Attributes:
        value, score, confidence: the best candidate's.
        runner_up: the best score among candidates with another value, 0 if there is none.
        origin: whether it was read, repaired or computed.
        others: the other values, best first.
    """

    value: Value
    score: float
    confidence: float
    runner_up: float = 0.0
    origin: Origin = Origin.READ
    others: tuple[Candidate, ...] = ()

    def repaired(self, value: Value) -> Choice:
        """The same place with another value."""
        return replace(self, value=value, origin=Origin.REPAIRED)


def choose(candidates: Iterable[Candidate]) -> Choice | None:
    """The best candidate; the reader's confidence decides between equals, None if there is none."""
    ranked = sorted(candidates, key=lambda candidate: (candidate.score, candidate.confidence), reverse=True)
    if not ranked:
        return None
    best = ranked[0]
    others: dict[Value, Candidate] = {}
    for candidate in ranked[1:]:
        if candidate.value != best.value:
            others.setdefault(candidate.value, candidate)
    runner_up = max((candidate.score for candidate in others.values()), default=0.0)
    # A value that was read twice is as sure as the better reading.
    confidence = max(candidate.confidence for candidate in ranked if candidate.value == best.value)
    return Choice(best.value, best.score, confidence, runner_up, others=tuple(others.values()))
