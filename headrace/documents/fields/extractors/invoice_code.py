"""The invoice code (发票代码): 10 or 12 digits; fully digital invoices have none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import digits, misread_digits
from headrace.documents.fields.document import Document
from headrace.documents.fields.kind import VAT_INVOICES, Kind
from headrace.documents.fields.label_words import Label

_CODE = re.compile(r"(?<![0-9A-Za-z.])(?:[0-9OolI|]{12}|[0-9OolI|]{10})(?![0-9A-Za-z])")
_LEADING = re.compile(r"[0-9OoQlI|!SZBDbqg]+")
_WITHOUT = (Kind.DIGITAL_INVOICE, Kind.TRAIN_TICKET, Kind.NOT_AN_INVOICE)


def candidates(document: Document) -> Iterator[Candidate]:
    """Digits behind the label; without one, 10 or 12 digits that stand alone in the upper part of the page."""
    if document.kind in _WITHOUT:
        return
    for hit in document.hits(Label.INVOICE_CODE):
        for reading, place in document.near(hit):
            match = _LEADING.match(reading.text)
            if match:
                form = 1.0 if len(match[0]) in (10, 12) else 0.5
                # The code of a cancelled invoice stands among the remarks.
                high = 1 - 0.4 * document.page.share(*hit.middle)[1]
                score = 0.97 * place * form * high - 0.03 * misread_digits(match[0])
                yield Candidate(digits(match[0]), score, reading.confidence)
    if document.kind not in VAT_INVOICES:
        return
    for reading in document.find(_CODE):
        down = document.page.share(*reading.middle)[1]
        if down < 0.3:
            # Paper invoices print it first, and large.
            score = 0.8 - 0.5 * down - 0.03 * misread_digits(reading.text)
            yield Candidate(digits(reading.text), score, reading.confidence)
