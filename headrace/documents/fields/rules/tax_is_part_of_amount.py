"""The tax is a part of the amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from headrace.documents.fields.candidate import Choice, Field, Origin
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.kind import VAT_INVOICES
from headrace.documents.fields.rule import Judgement, Repair, Rule
from headrace.documents.fields.tax_rates import HIGHEST_RATE, ROUNDING


class TaxIsPartOfAmount(Rule):
    """The tax is never more of the amount than the highest rate of the VAT: a "tax" that is was printed where others
    print the amount.

    Where the two make sense the other way round, they are exchanged. Where the amount was not found, what was taken for
    the tax is the amount.
    """

    def repair(self, draft: Draft) -> Iterator[Repair]:
        """The two exchanged, or the one that was found moved."""
        if draft.document.kind not in VAT_INVOICES or Field.TAX not in draft.choices:
            return
        amount, tax, total = (draft.sum_of(name) for name in (Field.AMOUNT, Field.TAX, Field.TOTAL))
        as_tax, as_amount = draft.choices.get(Field.AMOUNT), draft.choices[Field.TAX]
        if tax is None:
            return
        if as_tax and amount is not None:
            if not _is_part(tax, amount) and _is_part(amount, tax):
                why = f"tax {tax} would be more than {HIGHEST_RATE:.0%} of amount {amount}: the two are exchanged"
                yield Repair(Field.AMOUNT, as_amount.repaired(tax), why)
                yield Repair(Field.TAX, as_tax.repaired(amount), why)
        elif total is not None and not _is_part(tax, total - tax) and _is_part(total - tax, tax):
            why = f"{tax} would be more than {HIGHEST_RATE:.0%} of the rest of total {total}"
            yield Repair(Field.AMOUNT, as_amount.repaired(tax), f"read as the tax; {why}")
            rest = Choice(total - tax, as_amount.score, as_amount.confidence, origin=Origin.COMPUTED)
            yield Repair(Field.TAX, rest, f"{why}; it is total {total} - amount {tax}")

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Nothing: `tax_fits_rate` says what remains."""
        return iter(())


def _is_part(tax: Decimal, amount: Decimal) -> bool:
    """Whether this may be the tax of this amount; both are negative on red-letter invoices."""
    return tax * amount >= 0 and abs(tax) <= abs(amount) * HIGHEST_RATE + ROUNDING
