"""What the SQL of job `invoices` is held against: verdicts from the truth, in plain Python. It shares nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from headrace.demo.invoices.documents import DemoDocument
from headrace.rendering.truth import InvoiceFields

HOUR = 3_600_000
# An invoice may come so long before its order (catalog/views/invoices_with_orders.sql), in milliseconds.
BEFORE_ORDER = HOUR
AFTER_ORDER = 90 * 24 * HOUR


class Verdict(StrEnum):
    """Of an invoice against the orders."""

    MATCHED = "matched"
    AMOUNT_DIFFERS = "amount_differs"
    UNKNOWN_ORDER = "unknown_order"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class OrderEvent:
    """An order: what it comes to in yuan, and when it was made, in milliseconds since 1970."""

    order_id: str
    amount: Decimal
    time: int


@dataclass(frozen=True)
class Expected:
    """The verdict of a document, and what stands beside it in Redis."""

    verdict: Verdict
    difference: Decimal | None = None
    duplicate_of: str | None = None


def identity(kind: str, fields: InvoiceFields) -> tuple[str | None, ...] | None:
    """What tells an invoice from all others; None where it prints nothing that does."""
    if fields.invoice_number is None:
        return None
    if fields.invoice_code is not None:
        return fields.invoice_code, fields.invoice_number
    if len(fields.invoice_number) == 20:
        return (fields.invoice_number,)
    if kind == "train_ticket":
        return fields.invoice_number, str(fields.issue_date)
    return None


def expected_verdicts(
    documents: Iterable[tuple[DemoDocument, str, int]], orders: Iterable[OrderEvent]
) -> dict[str, Expected]:
    """The verdict of each document by its name.

    Args:
        documents: with the order each names, and its time in milliseconds, in the order in which they come.
        orders: each order once.
    """
    by_id: Mapping[str, OrderEvent] = {order.order_id: order for order in orders}
    first: dict[tuple[str | None, ...], str] = {}
    verdicts: dict[str, Expected] = {}
    for document, order_id, time in documents:
        fields = document.truth.invoice
        if fields is None or fields.total is None:
            continue
        own = identity(document.truth.kind, fields)
        if own is not None and first.setdefault(own, document.name) != document.name:
            verdicts[document.name] = Expected(Verdict.DUPLICATE, duplicate_of=first[own])
            continue
        order = by_id.get(order_id)
        if order is None or not order.time - BEFORE_ORDER <= time <= order.time + AFTER_ORDER:
            verdicts[document.name] = Expected(Verdict.UNKNOWN_ORDER)
            continue
        difference = fields.total - order.amount
        verdicts[document.name] = Expected(Verdict.AMOUNT_DIFFERS if difference else Verdict.MATCHED, difference)
    return verdicts


def decisive_fields(kind: str, fields: InvoiceFields) -> dict[str, str | date | Decimal | None]:
    """The fields that a verdict depends on: where these were read right, it must be right."""
    decisive: dict[str, str | date | Decimal | None] = {
        "invoice_code": fields.invoice_code,
        "invoice_number": fields.invoice_number,
        "total": fields.total,
    }
    if kind == "train_ticket":
        decisive["issue_date"] = fields.issue_date
    return decisive
