"""The demo of documents: verdicts that the truth demands, on cases written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from headrace.demo.invoices.documents import DemoDocument, Group
from headrace.demo.invoices.expected import (
    HOUR,
    Expected,
    OrderEvent,
    Verdict,
    decisive_fields,
    expected_verdicts,
    identity,
)
from headrace.rendering.truth import InvoiceFields, Kind, Truth

TEN = Decimal("10.00")
NOON = 1_795_000_000_000


def document(
    name: str, number: str | None, kind: Kind = "special_vat_invoice", code: str | None = "3100201130"
) -> DemoDocument:
    fields = InvoiceFields(invoice_code=code, invoice_number=number, total=TEN, issue_date=date(2026, 3, 1))
    truth = Truth(layout="any", kind=kind, case="usual", invoice=fields, pages=())
    return DemoDocument(name, Group.CLEAN, "clean", Path(f"{name}.jpg"), truth)


def verdict(order: OrderEvent | None, time: int = NOON) -> Expected:
    return expected_verdicts([(document("d1", "00000001"), "o1", time)], [order] if order else [])["d1"]


def test_matched_and_differing_amounts() -> None:
    assert verdict(OrderEvent("o1", TEN, NOON)) == Expected(Verdict.MATCHED, Decimal(0))
    assert verdict(OrderEvent("o1", Decimal("10.01"), NOON)) == Expected(Verdict.AMOUNT_DIFFERS, Decimal("-0.01"))


def test_an_order_counts_within_its_bounds() -> None:
    assert verdict(None).verdict is Verdict.UNKNOWN_ORDER
    assert verdict(OrderEvent("o2", TEN, NOON)).verdict is Verdict.UNKNOWN_ORDER
    assert verdict(OrderEvent("o1", TEN, NOON + HOUR)).verdict is Verdict.MATCHED
    assert verdict(OrderEvent("o1", TEN, NOON + HOUR + 1)).verdict is Verdict.UNKNOWN_ORDER
    assert verdict(OrderEvent("o1", TEN, NOON - 90 * 24 * HOUR)).verdict is Verdict.MATCHED
    assert verdict(OrderEvent("o1", TEN, NOON - 90 * 24 * HOUR - 1)).verdict is Verdict.UNKNOWN_ORDER


def test_the_second_picture_of_an_invoice_is_a_duplicate_whatever_its_order() -> None:
    pictures = [(document("d1", "00000001"), "o1", NOON), (document("d2", "00000001"), "o2", NOON + 1)]
    verdicts = expected_verdicts(pictures, [OrderEvent("o1", TEN, NOON), OrderEvent("o2", TEN, NOON)])
    assert verdicts == {
        "d1": Expected(Verdict.MATCHED, Decimal(0)),
        "d2": Expected(Verdict.DUPLICATE, duplicate_of="d1"),
    }


def test_what_tells_invoices_apart() -> None:
    def own(number: str | None, kind: Kind, code: str | None) -> tuple[str | None, ...] | None:
        fields = document("d1", number, kind, code).truth.invoice
        assert fields is not None
        return identity(kind, fields)

    assert own("00000001", "special_vat_invoice", "3100201130") == ("3100201130", "00000001")
    assert own("2" * 20, "digital_invoice", None) == ("2" * 20,)
    # the red number of a paper ticket comes again on other days
    assert own("G012345", "train_ticket", None) == ("G012345", "2026-03-01")
    assert own(None, "other", None) is None
    assert own("123", "other", None) is None


def test_receipts_without_a_number_are_never_duplicates() -> None:
    receipts = [(document(name, None, "other", None), f"o-{name}", NOON) for name in ("d1", "d2")]
    assert {one.verdict for one in expected_verdicts(receipts, []).values()} == {Verdict.UNKNOWN_ORDER}


def test_the_day_decides_for_tickets_only() -> None:
    for kind, decides in (("train_ticket", True), ("special_vat_invoice", False)):
        fields = document("d1", "1").truth.invoice
        assert fields is not None
        assert ("issue_date" in decisive_fields(kind, fields)) is decides
