"""What came of each document: its row in Redis beside its truth, and what the demo has to find wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from headrace.demo.dead_letters import DeadLetter
from headrace.demo.invoices.accuracy import Cell, as_text, cells
from headrace.demo.invoices.documents import DemoDocument
from headrace.demo.invoices.expected import Expected, decisive_fields
from headrace.demo.invoices.timeline import INVOICES, Message, Timeline

Row = Mapping[str, str]
USABLE = ("ok", "doubtful")


@dataclass(frozen=True)
class Outcome:
    """One invoice.

    Attributes:
        document: what was handed in.
        row: what stands in Redis, as text.
        cells: its fields.
        expected: its verdict by the truth.
        is_read: whether what its verdict depends on was read right, of the first picture of its invoice too.
        seconds: from sent to readable in Redis, where nothing had to be waited for.
    """

    document: DemoDocument
    row: Row
    cells: Sequence[Cell]
    expected: Expected
    is_read: bool
    seconds: float | None

    @property
    def verdict(self) -> str | None:
        """What Redis says."""
        return self.row.get("verdict")

    @property
    def is_right(self) -> bool:
        """Whether verdict, difference and duplicate are the expected ones."""
        first = self.row.get("duplicate_of")
        return (
            self.verdict == self.expected.verdict
            and _number(self.row.get("difference")) == self.expected.difference
            and (first and first.rsplit("-", 1)[-1]) == self.expected.duplicate_of
        )


def make_outcomes(
    documents: Iterable[DemoDocument], rows: Mapping[str, Row], timeline: Timeline, seconds: Mapping[str, float]
) -> list[Outcome]:
    """The outcomes of invoices.

    Args:
        documents: invoices and cards; cards have none.
        rows: by the document's name.
        timeline: what is expected.
        seconds: by the document's name; those that had to wait for something are left out.
    """
    read: dict[str, bool] = {}
    outcomes = []
    for document in documents:
        truth = document.truth.invoice
        if truth is None:
            continue
        row = rows[document.name]
        decisive = decisive_fields(document.truth.kind, truth)
        own = row.get("kind") == document.truth.kind and all(
            row.get(name) == as_text(value) for name, value in decisive.items()
        )
        read[document.name] = own
        is_read = own and read.get(document.copy_of or document.name, False)
        expected = timeline.expected[document.name]
        outcomes.append(Outcome(document, row, cells(truth, row), expected, is_read, seconds.get(document.name)))
    return outcomes


def wrong_verdicts(outcomes: Iterable[Outcome]) -> list[str]:
    """In words, each wrong verdict of a document that was read right."""
    return [
        f"{one.document.path.name}: verdict {one.verdict}, difference {one.row.get('difference')}, "
        f"duplicate of {one.row.get('duplicate_of')}; expected is {one.expected}"
        for one in outcomes
        if one.is_read and not one.is_right
    ]


def expected_letters(messages: Iterable[Message], topic: str, rows: Mapping[str, Row]) -> Counter[tuple[str, bytes]]:
    """The dead letters of a topic: reason and payload.

    A good document that was not known as an invoice has one too, which its row tells; it is counted as wrong fields.
    """
    letters: Counter[tuple[str, bytes]] = Counter()
    for message in messages:
        if message.topic != topic:
            continue
        reason = message.reason
        if reason is None and topic == INVOICES and message.document:
            status = rows[message.document]["status"]
            reason = None if status in USABLE else status
        if reason and message.payload is not None:
            letters[reason, message.payload] += 1
    return letters


def wrong_letters(letters: Iterable[DeadLetter], expected: Counter[tuple[str, bytes]], topic: str) -> list[str]:
    """In words, what is missing among the dead letters of a topic, and what should not be there."""
    found = Counter((letter.reason, letter.payload or b"") for letter in letters)
    return [
        *(f"{topic}: no dead letter {reason}: {_short(payload)}" for reason, payload in expected - found),
        *(f"{topic}: dead letter {reason} not expected: {_short(payload)}" for reason, payload in found - expected),
    ]


def _short(payload: bytes) -> str:
    return payload[:80].decode(errors="backslashreplace")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
