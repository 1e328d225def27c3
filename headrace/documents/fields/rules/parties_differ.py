"""Buyer and seller are two."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.rule import Judgement, Rule


class PartiesDiffer(Rule):
    """Nobody invoices himself: the same name or tax id on both sides was assigned wrongly."""

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether the two are the same."""
        for names in ((Field.BUYER, Field.SELLER), (Field.BUYER_TAX_ID, Field.SELLER_TAX_ID)):
            first, second = (draft.text_of(name) for name in names)
            if first is not None and first == second:
                yield Judgement(names, False, f"{first} on both sides")
