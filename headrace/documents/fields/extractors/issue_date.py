"""The day of issue (开票日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import digits, misread_digits
from headrace.documents.fields.document import Document, Reading
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.label_words import Label

_D = r"[0-9OoQlI|!SZB]"
_TIME = r"[0-2]?[0-9][:.]"
_DATE = re.compile(
    rf"(?<![0-9])({_D}{{4}})[^0-9]{{1,2}}?({_D}{{1,2}})[^0-9]{{1,2}}?(?:({_D}{{1,2}})(?!{_D})|({_D}{{2}})(?={_TIME}))"
)
_SHORT = re.compile(rf"(?<![0-9])(20[0-9]{{2}})[^0-9]?({_D}{{2}})[^0-9]?({_D}{{2}})(?![0-9])")


def candidates(document: Document) -> Iterator[Candidate]:
    """Dates behind the label; any other, the higher on the page the better."""
    for hit in document.hits(Label.ISSUE_DATE):
        for reading, place in document.near(hit):
            yield from _dates(reading, 0.97 * place)
    # A paper ticket has no other date than the day of its journey.
    is_paper_ticket = document.kind is Kind.TRAIN_TICKET and not document.hits(Label.ISSUE_DATE)
    best = 0.85 if is_paper_ticket else 0.6
    for pattern in (_DATE, _SHORT):
        for reading in document.find(pattern):
            down = document.page.share(*reading.middle)[1]
            yield from _dates(reading, best if down < 0.5 else best - 0.15)


def _dates(reading: Reading, place: float) -> Iterator[Candidate]:
    for pattern, form in ((_DATE, 1.0), (_SHORT, 0.8)):
        match = pattern.search(reading.text)
        if match is None:
            continue
        parts = [part for part in match.groups() if part]
        try:
            value = date(*(int(digits(part)) for part in parts))
        except ValueError:
            continue
        if 1990 <= value.year <= 2100:
            yield Candidate(value, place * form - 0.03 * misread_digits("".join(parts)), reading.confidence)
            return
