"""A fully digital invoice's number begins with the year of its issue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.draft import Draft
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.rule import Judgement, Rule


class NumberBeginsWithYear(Rule):
    """The first two of the 20 digits are the last two of the year in which the number was given.

    A difference speaks against both number and date; that two digits agree is little evidence for the others.
    """

    def check(self, draft: Draft) -> Iterator[Judgement]:
        """Whether they are."""
        number, issued = draft.text_of(Field.INVOICE_NUMBER), draft.value(Field.ISSUE_DATE)
        if draft.document.kind is not Kind.DIGITAL_INVOICE or number is None or not isinstance(issued, date):
            return
        if len(number) == 20 and int(number[:2]) != issued.year % 100:
            words = f"the number begins with {number[:2]}, and the year of issue is {issued.year}"
            yield Judgement((Field.INVOICE_NUMBER, Field.ISSUE_DATE), False, words)
