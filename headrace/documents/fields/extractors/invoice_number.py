"""The invoice number (发票号码, №): 8 digits; of fully digital invoices 20."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import digits, misread_digits
from headrace.documents.fields.document import Document, Reading
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.label_words import Label

_LEADING = re.compile(r"[0-9OoQlI|!SZBDbqg]+")
_ALONE = {
    8: re.compile(r"(?<![0-9A-Za-z.¥-])[0-9OolI|]{8}(?![0-9A-Za-z.])"),
    20: re.compile(r"(?<![0-9A-Za-z.])[0-9OolI|SBZDGgqb]{20}(?![0-9A-Za-z])"),
}
_D = "[0-9OolI|SBZGQgq]"
_TICKET = re.compile(rf"(?<![0-9A-Za-z])(?:[A-Z]{_D}{{2}}[A-Z]{_D}{{6}}|[A-Z]{_D}{{6}})(?![0-9A-Za-z])")


def candidates(document: Document) -> Iterator[Candidate]:
    """Digits behind the label or №; without one, digits of the kind's length in the upper part of the page."""
    length = expected_length(document.kind)
    for label, best in ((Label.INVOICE_NUMBER, 0.97), (Label.NUMBER_SIGN, 0.9)):
        for hit in document.hits(label):
            # Low on the page stand the numbers of other invoices: the one that is cancelled, the one of an order.
            down = document.page.share(*hit.middle)[1]
            for reading, place in document.near(hit):
                yield from _leading(reading, best * place * (1 - 0.4 * down), length)
    if document.kind is Kind.TRAIN_TICKET:
        for reading in document.find(_TICKET):
            if document.page.share(*reading.middle)[1] < 0.35:
                yield Candidate(_ticket_number(reading.text), 0.85, reading.confidence)
    alone = 20 if document.kind is Kind.TRAIN_TICKET else length
    if alone:
        for reading in document.find(_ALONE[alone]):
            down = document.page.share(*reading.middle)[1]
            if down < 0.3:
                score = 0.7 - 0.3 * down - 0.03 * misread_digits(reading.text)
                yield Candidate(digits(reading.text), score, reading.confidence)


def expected_length(kind: Kind) -> int | None:
    """How many digits a kind's number has, None if that is not fixed."""
    if kind is Kind.DIGITAL_INVOICE:
        return 20
    return 8 if kind in (Kind.SPECIAL_VAT_INVOICE, Kind.ORDINARY_VAT_INVOICE, Kind.ELECTRONIC_VAT_INVOICE) else None


def _ticket_number(text: str) -> str:
    """A letter and six digits, or a letter, two digits, a letter and six digits; misread digits put right."""
    if len(text) <= 7:
        return text[0] + digits(text[1:])
    return text[0] + digits(text[1:3]) + text[3] + digits(text[4:])


def _leading(reading: Reading, place: float, length: int | None) -> Iterator[Candidate]:
    match = _LEADING.match(reading.text)
    if not match or len(match[0]) < 5:
        return
    # The number may be printed twice, side by side: what follows on another line of the row may belong to it or not.
    lines = [glyph.cell for glyph in reading.glyphs for _ in glyph.character]
    whole = len(match[0])
    ends = [end for end in range(5, whole) if lines[end - 1] != lines[end]] if length else []
    for end in (*ends, whole):
        read = match[0][:end]
        # A digit may be lost or added; what differs by more is something else.
        off = 0 if length is None else abs(len(read) - length)
        form = 1.0 if off == 0 else 0.8 if off == 1 else 0.5
        yield Candidate(digits(read), place * form - 0.03 * misread_digits(read), reading.confidence)
