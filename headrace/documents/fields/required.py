"""Which fields a document must have."""

from __future__ import annotations

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.document import Document
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.label_words import Label

_PARTIES = (Field.BUYER, Field.SELLER, Field.SELLER_TAX_ID)
_SUMS = (Field.AMOUNT, Field.TAX, Field.TOTAL)
_ON_PAPER = (Field.INVOICE_CODE, Field.INVOICE_NUMBER, Field.ISSUE_DATE, *_PARTIES, *_SUMS)

_OF_KIND: dict[Kind, tuple[Field, ...]] = {
    # Only a special invoice needs the buyer's tax id: other buyers may be persons.
    Kind.SPECIAL_VAT_INVOICE: (*_ON_PAPER, Field.BUYER_TAX_ID),
    Kind.ORDINARY_VAT_INVOICE: _ON_PAPER,
    Kind.ELECTRONIC_VAT_INVOICE: _ON_PAPER,
    Kind.DIGITAL_INVOICE: (Field.INVOICE_NUMBER, Field.ISSUE_DATE, *_PARTIES, *_SUMS),
    Kind.TRAIN_TICKET: (Field.INVOICE_NUMBER, Field.ISSUE_DATE, Field.TOTAL),
    Kind.OTHER: (Field.TOTAL,),
    Kind.NOT_AN_INVOICE: (),
}


def required_fields(document: Document) -> tuple[Field, ...]:
    """The fields that a document must have; a roll (卷票) has no column of taxes and states the total alone."""
    names = _OF_KIND[document.kind]
    if document.kind is Kind.ORDINARY_VAT_INVOICE and not document.hits(Label.TAX, Label.TAX_RATE, Label.TOTAL):
        return tuple(name for name in names if name not in (Field.AMOUNT, Field.TAX))
    return names
