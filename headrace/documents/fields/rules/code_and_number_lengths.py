"""Codes and numbers have the digits of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.rule import Judgement, Rule

_LENGTHS: dict[Kind, dict[Field, tuple[int, ...]]] = {
    Kind.SPECIAL_VAT_INVOICE: {Field.INVOICE_CODE: (10, 12), Field.INVOICE_NUMBER: (8,)},
    Kind.ORDINARY_VAT_INVOICE: {Field.INVOICE_CODE: (10, 12), Field.INVOICE_NUMBER: (8,)},
    Kind.ELECTRONIC_VAT_INVOICE: {Field.INVOICE_CODE: (12,), Field.INVOICE_NUMBER: (8,)},
    Kind.DIGITAL_INVOICE: {Field.INVOICE_NUMBER: (20,)},
}


class CodeAndNumberLengths(Rule):
    """A code has 10 digits, or 12 on electronic and newer ordinary invoices; a number 8, fully digital ones 20."""

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether they have."""
        for name, lengths in _LENGTHS.get(draft.document.kind, {}).items():
            text = draft.text_of(name)
            if text is None:
                continue
            if len(text) in lengths and text.isdigit():
                yield Judgement((name,), True)
            else:
                wanted = " or ".join(map(str, lengths))
                yield Judgement((name,), False, f"{text} has {len(text)} characters instead of {wanted} digits")
