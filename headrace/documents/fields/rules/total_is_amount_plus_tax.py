"""total = amount + tax."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from headrace.documents.fields.candidate import Choice, Field, Origin
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.kind import VAT_INVOICES
from headrace.documents.fields.rule import Judgement, Repair, Rule
from headrace.documents.fields.tax_rates import fits_a_rate

_MISREAD_AT_MOST = 2
"""Characters in which a misread sum differs from the right one."""


class TotalIsAmountPlusTax(Rule):
    """The total (价税合计) is the amount plus the tax.

    Where one of the three is missing it follows. Where they disagree, a fourth witness shows which one was misread: the
    total in capitals, or a tax rate that fits two of them.
    """

    def repair(self, draft: Draft) -> Iterator[Repair]:
        """The missing or misread one, if that can be known."""
        if draft.document.kind not in VAT_INVOICES:
            return
        amount, tax, total = (draft.sum_of(name) for name in (Field.AMOUNT, Field.TAX, Field.TOTAL))
        capitals = draft.capitals.value if draft.capitals else None
        if total is None and isinstance(capitals, Decimal) and (amount is None or tax is None):
            return
        if amount is not None and tax is not None:
            if total is None:
                yield _computed(draft, Field.TOTAL, amount + tax, (Field.AMOUNT, Field.TAX))
            elif amount + tax != total:
                yield from _misread(draft, amount, tax, total, capitals)
        elif total is not None and tax is not None and abs(tax) <= abs(total):
            yield _computed(draft, Field.AMOUNT, total - tax, (Field.TOTAL, Field.TAX))
        elif total is not None and amount is not None and abs(amount) <= abs(total):
            yield _computed(draft, Field.TAX, total - amount, (Field.TOTAL, Field.AMOUNT))

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether they add up."""
        amount, tax, total = (draft.sum_of(name) for name in (Field.AMOUNT, Field.TAX, Field.TOTAL))
        if amount is None or tax is None or total is None:
            return
        names = (Field.AMOUNT, Field.TAX, Field.TOTAL)
        if amount + tax == total:
            # A computed sum adds up by itself.
            if all(draft.choices[name].origin is not Origin.COMPUTED for name in names):
                yield Judgement(names, True)
        else:
            yield Judgement(names, False, f"{amount} + {tax} is {amount + tax}, but the total was read as {total}")


def _computed(draft: Draft, name: Field, value: Decimal, sources: tuple[Field, Field]) -> Repair:
    a, b = (draft.choices[source] for source in sources)
    choice = Choice(value, min(a.score, b.score), min(a.confidence, b.confidence), origin=Origin.COMPUTED)
    sign = "+" if name is Field.TOTAL else "-"
    return Repair(name, choice, f"not found; {value} is {sources[0]} {a.value} {sign} {sources[1]} {b.value}")


def _misread(draft: Draft, amount: Decimal, tax: Decimal, total: Decimal, capitals: object) -> Iterator[Repair]:
    if capitals == amount + tax:
        yield _repaired(
            draft, Field.TOTAL, amount + tax, f"amount {amount} + tax {tax} and the capitals are {capitals}"
        )
        return
    rate_of_both = fits_a_rate(amount, tax)
    if capitals != total:
        if rate_of_both and _alike(total, amount + tax):
            yield _repaired(draft, Field.TOTAL, amount + tax, f"amount {amount} + tax {tax}, which fit a tax rate")
        return
    # The total is right, so one of the two is not.
    other_amount, other_tax = total - tax, total - amount
    amount_is_wrong, tax_is_wrong = fits_a_rate(other_amount, tax), fits_a_rate(amount, other_tax)
    if amount_is_wrong and not tax_is_wrong:
        yield _repaired(draft, Field.AMOUNT, other_amount, f"total {total}, as in capitals, - tax {tax}")
    elif tax_is_wrong and not amount_is_wrong:
        yield _repaired(draft, Field.TAX, other_tax, f"total {total}, as in capitals, - amount {amount}")


def _repaired(draft: Draft, name: Field, value: Decimal, why: str) -> Repair:
    choice = draft.choices[name]
    return Repair(name, choice.repaired(value), f"read as {choice.value}; {value} follows from {why}")


def _alike(read: Decimal, right: Decimal) -> bool:
    """Whether one sum may be a misreading of the other: few characters differ, or some were lost or added."""
    a, b = str(read), str(right)
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= _MISREAD_AT_MOST
    short, long = sorted((a.replace(".", ""), b.replace(".", "")), key=len)
    rest = iter(long)
    return len(long) - len(short) <= _MISREAD_AT_MOST and all(character in rest for character in short)
