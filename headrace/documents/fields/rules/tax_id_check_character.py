"""A tax id's check character fits it."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.rule import Judgement, Repair, Rule
from headrace.documents.standards.tax_id import body_check_character, is_valid

# Characters of the standard that are misread as each other.
_CONFUSED = {
    "0": "DQ8U", "D": "0", "Q": "0", "U": "0", "8": "B3069", "B": "8R", "3": "8", "6": "G85", "G": "69C", "C": "G",
    "1": "7L4", "7": "1T", "L": "1", "T": "7", "2": "7", "5": "6", "9": "8G", "4": "A1", "A": "4R", "R": "A", "P": "R",
    "E": "F", "F": "E", "M": "N", "N": "M", "H": "N", "W": "M", "K": "X", "X": "KY", "Y": "X",
}  # fmt: skip

_COMPANY = "91"
"""Ids of companies keep the check character of the body's own code; those of sole traders do not."""


class TaxIdCheckCharacter(Rule):
    """The 18th character of a unified social credit identifier follows from the others (GB 32100-2015).

    The older ids of 15 digits, and those of persons of 20, have none: they are accepted, and a finding says so.
    """

    def repair(self, draft: Draft) -> Iterator[Repair]:
        """The only id that differs in one likely misreading, or by one added character, and whose checks both fit."""
        for name in (Field.BUYER_TAX_ID, Field.SELLER_TAX_ID):
            tax_id = draft.text_of(name)
            if tax_id is None or len(tax_id) not in (18, 19) or (is_valid(tax_id) and _body_is_valid(tax_id)):
                continue
            if is_valid(tax_id) and not tax_id.startswith(_COMPANY):
                continue
            right = [other for other in sorted(_near(tax_id)) if is_valid(other) and _body_is_valid(other)]
            if len(right) == 1:
                choice = draft.choices[name].repaired(right[0])
                yield Repair(name, choice, f"read as {tax_id}; the check characters fit {right[0]}")

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether the check character fits."""
        for name in (Field.BUYER_TAX_ID, Field.SELLER_TAX_ID):
            tax_id = draft.text_of(name)
            if tax_id is None:
                continue
            if is_valid(tax_id) and tax_id.startswith(_COMPANY) and not _body_is_valid(tax_id):
                yield Judgement((name,), False, f"the check character of the body in {tax_id} does not fit (GB 11714)")
            elif is_valid(tax_id):
                yield Judgement((name,), True)
            elif len(tax_id) == 15 or len(tax_id) == 20:
                yield Judgement((name,), None, f"{tax_id} has {len(tax_id)} characters, the older form without a check")
            elif len(tax_id) == 18:
                yield Judgement((name,), False, f"the check character of {tax_id} does not fit (GB 32100)")
            else:
                yield Judgement((name,), False, f"{tax_id} has {len(tax_id)} characters instead of 18")


def _near(tax_id: str) -> set[str]:
    if len(tax_id) == 19:
        return {tax_id[:at] + tax_id[at + 1 :] for at in range(19)}
    return {
        tax_id[:at] + other + tax_id[at + 1 :]
        for at, character in enumerate(tax_id)
        for other in _CONFUSED.get(character, "")
    }


def _body_is_valid(tax_id: str) -> bool:
    return body_check_character(tax_id[8:16]) == tax_id[16]
