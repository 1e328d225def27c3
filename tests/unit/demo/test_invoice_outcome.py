"""The demo of documents: what is found wrong with rows and dead letters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from headrace.demo.dead_letters import DeadLetter
from headrace.demo.invoices.documents import DemoDocument, Group
from headrace.demo.invoices.expected import Expected, Verdict
from headrace.demo.invoices.outcome import expected_letters, make_outcomes, wrong_letters, wrong_verdicts
from headrace.demo.invoices.timeline import INVOICES, Message, Timeline
from headrace.rendering.truth import InvoiceFields, Truth

FIELDS = InvoiceFields(invoice_number="2" * 20, buyer="甲公司", total=Decimal("10.00"))
TRUTH = Truth(layout="any", kind="digital_invoice", case="usual", invoice=FIELDS, pages=())
FIRST = DemoDocument("d001", Group.CLEAN, "clean", Path("d001.jpg"), TRUTH)
COPY = replace(FIRST, name="d002", path=Path("d002.jpg"), copy_of="d001")
TIMELINE = Timeline(
    messages=[],
    expected={"d001": Expected(Verdict.MATCHED, Decimal(0)), "d002": Expected(Verdict.DUPLICATE, duplicate_of="d001")},
    at_once=frozenset(),
    card_hours={},
    statuses={},
)
READ = {"kind": "digital_invoice", "invoice_number": "2" * 20, "buyer": "甲公司", "total": "10.00", "status": "ok"}
MATCHED = {**READ, "verdict": "matched", "difference": "0.00"}
DUPLICATE = {**READ, "verdict": "duplicate", "duplicate_of": "run-d001"}


def wrong(first: dict[str, str], copy: dict[str, str]) -> list[str]:
    outcomes = make_outcomes([FIRST, COPY], {"d001": first, "d002": copy}, TIMELINE, {})
    return [words.split(".")[0] for words in wrong_verdicts(outcomes)]


def test_right_verdicts() -> None:
    assert wrong(MATCHED, DUPLICATE) == []


def test_wrong_verdicts_difference_and_duplicate() -> None:
    assert wrong({**MATCHED, "verdict": "unknown_order"}, DUPLICATE) == ["d001"]
    assert wrong({**MATCHED, "difference": "0.01"}, DUPLICATE) == ["d001"]
    assert wrong(MATCHED, {**DUPLICATE, "duplicate_of": "run-d000"}) == ["d002"]


def test_a_field_that_does_not_matter_excuses_nothing() -> None:
    assert wrong({**MATCHED, "buyer": "申公司", "verdict": "amount_differs"}, DUPLICATE) == ["d001"]


def test_what_was_misread_is_excused_and_so_is_its_copy() -> None:
    misread = {**MATCHED, "invoice_number": "3" * 20}
    assert wrong(misread, {**READ, "verdict": "matched", "difference": "0.00"}) == []
    assert wrong({**MATCHED, "total": "70.00", "verdict": "amount_differs"}, DUPLICATE) == []


def test_dead_letters() -> None:
    good = Message(0, INVOICES, b"good", "invoice_check:d001", document="d001")
    bad = Message(1, INVOICES, b"bad", reason="truncated")
    assert expected_letters([good, bad], INVOICES, {"d001": MATCHED}) == {("truncated", b"bad"): 1}
    unknown = expected_letters([good, bad], INVOICES, {"d001": {"status": "not_an_invoice"}})
    assert unknown == {("truncated", b"bad"): 1, ("not_an_invoice", b"good"): 1}
    assert expected_letters([good, bad], "cards", {}) == {}


def test_wrong_dead_letters() -> None:
    expected = Counter({("truncated", b"bad"): 1})
    assert wrong_letters([DeadLetter("truncated", b"bad")], expected, INVOICES) == []
    assert wrong_letters([], expected, INVOICES) == ["invoices: no dead letter truncated: bad"]
    assert wrong_letters([DeadLetter("empty", b"bad")], expected, INVOICES) == [
        "invoices: no dead letter truncated: bad",
        "invoices: dead letter empty not expected: bad",
    ]
