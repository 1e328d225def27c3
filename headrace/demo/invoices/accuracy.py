"""How well fields were read, against the truth: exact matches by group and by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from headrace.demo.invoices.documents import Group
from headrace.rendering.truth import InvoiceFields

FIELDS = tuple(InvoiceFields.model_fields)
TARGETS = {Group.CLEAN: 0.98, Group.PHOTO: 0.90, Group.HELD_OUT: 0.90}


@dataclass(frozen=True)
class Cell:
    """One field of one document, as text; None is what is not printed, or was not given."""

    field: str
    truth: str | None
    value: str | None

    @property
    def counts(self) -> bool:
        """Whether there was anything to read, or something was given that is not printed."""
        return self.truth is not None or self.value is not None

    @property
    def is_right(self) -> bool:
        """Whether the value is exactly what is printed."""
        return self.truth == self.value


@dataclass
class Tally:
    """How many fields counted, and how many of them were right."""

    right: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)

    def share(self, *fields: str) -> float | None:
        """The share of exact matches, of these fields or of all; None where none counted."""
        names = fields or FIELDS
        counted = sum(self.counted[name] for name in names)
        return sum(self.right[name] for name in names) / counted if counted else None


def cells(truth: InvoiceFields, row: Mapping[str, str]) -> list[Cell]:
    """Each field of a document, as printed and as it stands in its row in Redis."""
    return [Cell(name, as_text(getattr(truth, name)), row.get(name)) for name in FIELDS]


def as_text(value: str | date | Decimal | None) -> str | None:
    """A value as Redis has it: a day as 2026-01-31, a sum with two decimals."""
    if value is None or isinstance(value, str):
        return value
    return f"{value:.2f}" if isinstance(value, Decimal) else value.isoformat()


def tally(documents: Iterable[tuple[Group, Iterable[Cell]]]) -> dict[Group, Tally]:
    """Tallies by group, in the order of the groups."""
    tallies = {group: Tally() for group in Group}
    for group, own in documents:
        for cell in own:
            if cell.counts:
                tallies[group].counted[cell.field] += 1
                tallies[group].right[cell.field] += cell.is_right
    return tallies


def missed_targets(tallies: Mapping[Group, Tally]) -> list[str]:
    """In words, each group whose fields are right less often than they should be."""
    missed = []
    for group, target in TARGETS.items():
        share = tallies[group].share()
        if share is not None and share < target:
            missed.append(f"{group}: {share:.2%} of the fields are right, at least {target:.0%} should be")
    return missed
