"""Which fields a kind of document must have."""

from __future__ import annotations

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.kind import Kind

_PARTIES = (Field.BUYER, Field.SELLER, Field.SELLER_TAX_ID)
_SUMS = (Field.AMOUNT, Field.TAX, Field.TOTAL)
_ON_PAPER = (Field.INVOICE_CODE, Field.INVOICE_NUMBER, Field.ISSUE_DATE, *_PARTIES, *_SUMS)

REQUIRED: dict[Kind, tuple[Field, ...]] = {
    # Only a special invoice needs the buyer's tax id: other buyers may be persons.
    Kind.SPECIAL_VAT_INVOICE: (*_ON_PAPER, Field.BUYER_TAX_ID),
    Kind.ORDINARY_VAT_INVOICE: _ON_PAPER,
    Kind.ELECTRONIC_VAT_INVOICE: _ON_PAPER,
    Kind.DIGITAL_INVOICE: (Field.INVOICE_NUMBER, Field.ISSUE_DATE, *_PARTIES, *_SUMS),
    Kind.TRAIN_TICKET: (Field.INVOICE_NUMBER, Field.ISSUE_DATE, Field.TOTAL),
    Kind.OTHER: (Field.TOTAL,),
    Kind.NOT_AN_INVOICE: (),
}
