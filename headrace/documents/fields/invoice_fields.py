"""What is known of an invoice, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from headrace.documents.fields.candidate import Field, Origin
from headrace.documents.fields.kind import Kind


class FieldsStatus(StrEnum):
    """What became of a page."""

    OK = "ok"
    """Every field that this kind must have is there, and sure enough (`confidence.ENOUGH`)."""
    DOUBTFUL = "doubtful"
    """A field that this kind must have is missing or not sure; `findings` says which and why."""
    NOT_AN_INVOICE = "not_an_invoice"
    """Text, but neither invoice nor ticket nor receipt."""
    NO_TEXT = "no_text"
    """Nothing was read."""


@dataclass(frozen=True)
class InvoiceFields:
    """The fields of one page.

    Attributes:
        status: whether they can be used as they are.
        kind: what kind of document it is.
        invoice_code: 发票代码; 10 or 12 digits, None on fully digital invoices.
        invoice_number: 发票号码; 8 digits, on fully digital invoices 20.
        issue_date: 开票日期.
        buyer, seller: names as printed, brackets of full width.
        buyer_tax_id, seller_tax_id: 纳税人识别号.
        amount: before tax, in yuan.
        tax: in yuan.
        total: amount with tax, in yuan.
        confidences: of each field that was found, in [0, 1]; `confidence.py` has the formula.
        origins: of each field that was found, whether it was read, repaired or computed.
        confidence: the least of the fields that this kind must have, 0 if one of them is missing.
        findings: what disagrees, was repaired or is missing, in words; each begins with the field.
    """

    status: FieldsStatus
    kind: Kind
    invoice_code: str | None = None
    invoice_number: str | None = None
    issue_date: date | None = None
    buyer: str | None = None
    seller: str | None = None
    buyer_tax_id: str | None = None
    seller_tax_id: str | None = None
    amount: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    confidences: Mapping[Field, float] = field(default_factory=dict)
    origins: Mapping[Field, Origin] = field(default_factory=dict)
    confidence: float = 0.0
    findings: tuple[str, ...] = ()
