"""The amount before tax (金额), in the row that sums up the table."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.document import Document
from headrace.documents.fields.kind import VAT_INVOICES
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.money import in_column


def candidates(document: Document) -> Iterator[Candidate]:
    """Sums in its column; only VAT invoices state it."""
    if document.kind in VAT_INVOICES:
        for money, score in in_column(document, Label.AMOUNT):
            yield Candidate(money.value, score, money.reading.confidence)
