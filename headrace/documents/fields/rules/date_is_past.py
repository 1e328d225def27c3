"""No invoice is issued in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.rule import Judgement, Rule

_AHEAD = timedelta(days=1)
"""Clocks of issuers and time zones may differ."""
_FIRST = date(1994, 1, 1)
"""VAT and its invoices were introduced."""


class DateIsPast(Rule):
    """The day of issue is not after today, nor before there was a VAT."""

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether it lies in between. That it does is little evidence, so nothing is raised."""
        issued = draft.value(Field.ISSUE_DATE)
        if not isinstance(issued, date):
            return
        if issued > draft.today + _AHEAD:
            yield Judgement((Field.ISSUE_DATE,), False, f"{issued} lies in the future")
        elif issued < _FIRST:
            yield Judgement((Field.ISSUE_DATE,), False, f"{issued} is before there was a VAT (1994)")
