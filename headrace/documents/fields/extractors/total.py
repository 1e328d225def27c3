"""The total with tax (价税合计), in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.document import Document
from headrace.documents.fields.kind import VAT_INVOICES
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.money import sum_row, sums_in

_WITH_SIGN = re.compile(r"¥.{1,20}|[Y羊半][0-9OolI|]+[.元].{0,12}|(?<![0-9.])[0-9]+(?:\.[0-9]{1,2})?元")


def candidates(document: Document) -> Iterator[Candidate]:
    """Sums behind (小写), in the row of 价税合计, behind a receipt's or a ticket's words; any with the yuan's sign."""
    for hit in document.hits(Label.FIGURES):
        for reading, place in document.near(hit):
            for money in sums_in(document, reading)[:1]:
                yield Candidate(money.value, 0.97 * place * money.score, money.reading.confidence)
    for hit in document.hits(Label.TOTAL, Label.CAPITALS):
        row = document.row(hit)
        for money in (sums_in(document, row) if row else [])[-1:]:
            yield Candidate(money.value, 0.9 * money.score, money.reading.confidence)
    if document.kind not in VAT_INVOICES:
        yield from _of_receipt(document)
    parts = {money.value for money in sum_row(document)} if document.kind in VAT_INVOICES else set()
    for reading in document.find(_WITH_SIGN):
        for money in sums_in(document, reading)[:1]:
            if money.value in parts:
                continue
            score = 0.3 if document.kind in VAT_INVOICES else 0.75
            yield Candidate(money.value, score * money.score, money.reading.confidence)


def _of_receipt(document: Document) -> Iterator[Candidate]:
    for hit in document.hits(Label.PAID, Label.SUM, Label.TOTAL, Label.AMOUNT):
        best = {Label.PAID: 0.9, Label.AMOUNT: 0.6}.get(hit.label, 0.85)
        for reading, place in document.near(hit):
            for money in sums_in(document, reading)[:1]:
                yield Candidate(money.value, best * place * money.score, money.reading.confidence)
