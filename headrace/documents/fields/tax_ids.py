"""Tax identification numbers of buyer and seller."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headrace.documents.fields.candidate import Candidate
from headrace.documents.fields.characters import digits
from headrace.documents.fields.document import Document
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.sides import Party
from headrace.documents.standards.tax_id import is_valid

_LABELS = {Party.BUYER: Label.BUYER_TAX_ID, Party.SELLER: Label.SELLER_TAX_ID}
_ID = re.compile(r"[0-9A-Za-z]{15,20}")
_ALONE = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Za-z]*[0-9]{6})[0-9A-Za-z]{18}(?![0-9A-Za-z])")

# GB 32100 leaves these letters out, so they are misread digits. The place (characters 3 to 8) has digits only.
_NOT_IN_STANDARD = str.maketrans("IOSZ", "1052")


def tax_id_candidates(document: Document, party: Party) -> Iterator[Candidate]:
    """What stands behind the labels of a party's tax id; and what has the form of one on the party's side."""
    for hit in document.hits(Label.TAX_ID, _LABELS[party]):
        side, sure = document.sides.of_label(hit)
        if side is not party:
            continue
        for reading, place in document.near(hit):
            text = re.sub(r"[^0-9A-Za-z]", "", reading.text)
            for tax_id in _forms(text):
                yield Candidate(tax_id, 0.95 * place * sure * _form(tax_id), reading.confidence)
    for reading in document.find(_ALONE):
        tax_id = _standard(reading.text)
        side, sure = document.sides.of_point(reading.glyphs[0].left, reading.middle[1])
        if is_valid(tax_id) and side is party:
            yield Candidate(tax_id, 0.7 * sure, reading.confidence)


def _forms(text: str) -> Iterator[str]:
    match = _ID.match(text)
    if match:
        yield _standard(match[0])
    elif len(text) == 14:  # of the shortest ones a character is lost; fewer are a number of something else
        yield text.upper()


def _standard(text: str) -> str:
    tax_id = text.upper()
    if len(tax_id) != 18:
        return tax_id
    return tax_id[:2].translate(_NOT_IN_STANDARD) + digits(tax_id[2:8]) + tax_id[8:].translate(_NOT_IN_STANDARD)


def _form(tax_id: str) -> float:
    if len(tax_id) == 18:
        return 1.0
    return {15: 0.9, 20: 0.9}.get(len(tax_id), 0.5)
