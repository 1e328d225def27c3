"""The total in Chinese capitals equals the total in figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from headrace.documents.fields.candidate import Choice, Field, Origin
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.rule import Judgement, Repair, Rule


class CapitalsEqualTotal(Rule):
    """（大写）and （小写）say the same sum. Capitals that cannot be read say nothing."""

    def repair(self, draft: Draft) -> Iterator[Repair]:
        """The total from its capitals, where the figures were not found."""
        capitals = draft.capitals
        if capitals is not None and Field.TOTAL not in draft.choices and isinstance(capitals.value, Decimal):
            choice = Choice(capitals.value, capitals.score, capitals.confidence, origin=Origin.COMPUTED)
            yield Repair(Field.TOTAL, choice, f"no figures found; {capitals.value} stands there in capitals")

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether they are equal."""
        total = draft.sum_of(Field.TOTAL)
        if draft.capitals is None or total is None or draft.choices[Field.TOTAL].origin is Origin.COMPUTED:
            return
        if draft.capitals.value == total:
            yield Judgement((Field.TOTAL,), True)
        else:
            yield Judgement(
                (Field.TOTAL,), False, f"{total} in figures, but the capitals were read as {draft.capitals.value}"
            )
