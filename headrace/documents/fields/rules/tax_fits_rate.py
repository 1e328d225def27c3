"""The tax is the amount times a rate."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.rule import Judgement, Rule
from headrace.documents.fields.tax_rates import HIGHEST_RATE, fits_a_rate


class TaxFitsRate(Rule):
    """The tax is the amount times a rate; with several rates on one invoice not above the highest."""

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether a rate fits."""
        amount, tax = draft.sum_of(Field.AMOUNT), draft.sum_of(Field.TAX)
        if not amount or tax is None:
            return
        names = (Field.AMOUNT, Field.TAX)
        if fits_a_rate(amount, tax):
            yield Judgement(names, True)
        elif not 0 <= tax / amount <= HIGHEST_RATE:
            yield Judgement(names, False, f"tax {tax} of {amount} is {tax / amount:.1%}, and there is no such rate")
