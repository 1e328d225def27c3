"""Sums of money in figures: tokens of a text, and the row that sums up a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from headrace.documents.fields.characters import digits, misread_digits
from headrace.documents.fields.document import Document, Reading
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import LabelHit

_DIGIT = r"[0-9OoQDlI|!SsZzB]"
_SIGN = r"(?P<sign>[¥Y羊半])?(?P<minus>-)?[¥Y羊半]?"
_NOT_INSIDE = r"(?<![0-9.,])"
_MONEY = re.compile(
    # Two places after the point; columns that were merged follow without a gap (1000.00130.00).
    rf"{_SIGN}(?P<whole>{_DIGIT}{{1,3}}(?:[,.]{_DIGIT}{{3}})+|{_DIGIT}+)(?P<point>[.,:])(?P<cents>{_DIGIT}{{2}})"
    r"(?=$|[^0-9]|[0-9]{1,3}(?:,?[0-9]{3})*\.[0-9]{2}(?![0-9]))"
    # Yuan alone, as on tickets and receipts.
    rf"|{_NOT_INSIDE}(?P<sign2>[¥Y羊半])(?P<minus2>-)?(?P<yuan>{_DIGIT}+(?:\.{_DIGIT})?)"
    r"|(?<![0-9.,])(?P<yuan3>[0-9]+(?:\.[0-9]{1,2})?)元"
    # The point was lost.
    r"|(?<![0-9.,])(?P<pointless>[0-9]{3,})(?![0-9.,])"
)
_NONE = re.compile(r"\*{2,}|免税|不征税")
_LONGEST = 15
"""Digits of a sum before the point; what is longer is a number of something."""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in figures.

    Attributes:
        value: with two places.
        score: how sure its form is, in [0, 1].
        reading: where it stands.
    """

    value: Decimal
    score: float
    reading: Reading


def sums_in(document: Document, reading: Reading) -> list[Money]:
    """The sums of money in some characters, from left to right; stars in the place of a sum are 0."""
    text = "".join(glyph.character[:1] for glyph in reading.glyphs)
    found: list[Money] = []
    for match in _MONEY.finditer(text):
        value, score = _value(match)
        if value is not None:
            found.append(Money(value, score, document.reading(reading.glyphs[match.start() : match.end()])))
    for match in _NONE.finditer(text):
        found.append(Money(Decimal("0.00"), 0.8, document.reading(reading.glyphs[match.start() : match.end()])))
    return sorted(found, key=lambda money: money.reading.glyphs[0].left)


def _value(match: re.Match[str]) -> tuple[Decimal | None, float]:
    parts = match.groupdict()
    if parts["whole"]:
        figures = re.sub(r"[.,]", "", parts["whole"])
        written = figures + parts["cents"]
        score = 1.0 - 0.05 * misread_digits(written) - (0.0 if parts["point"] == "." else 0.15)
        cents = digits(parts["cents"])
    elif yuan := parts["yuan"] or parts["yuan3"]:
        figures, _, cents = yuan.partition(".")
        written = figures + cents
        score = (0.9 if cents else 0.8) if parts["sign2"] in ("¥", None) else 0.4
        cents = (digits(cents) + "00")[:2]
    else:
        written = figures = parts["pointless"][:-2]
        cents, score = parts["pointless"][-2:], 0.3
    if len(figures) > _LONGEST or not any(map(str.isdigit, written)):
        return None, 0.0
    sign = "-" if parts["minus"] or parts["minus2"] else ""
    return Decimal(f"{sign}{digits(figures) or '0'}.{cents}"), score


def sum_row(document: Document) -> list[Money]:
    """The sums in the row that sums up the table of a VAT invoice (合计), from left to right."""
    for hit in document.hits(Label.SUM):
        row = document.row(hit)
        found = sums_in(document, row) if row else []
        if not found:
            found = _loose_row(document, hit)
        if found:
            return found
    return _row_of_two(document)


def _loose_row(document: Document, hit: LabelHit) -> list[Money]:
    """Sums a little out of line with the label."""
    cell = hit.cell
    found: list[Money] = []
    for other in document.page.in_band(cell.top - 0.5 * cell.height, cell.bottom + 0.5 * cell.height):
        if other.left > hit.right and not document.has_label(other):
            found.extend(sums_in(document, document.reading(other.glyphs)))
    return sorted(found, key=lambda money: money.reading.glyphs[0].left)


def _row_of_two(document: Document) -> list[Money]:
    """Without its label: the lowest row of two sums with the yuan's sign."""
    for cell in reversed(document.page.cells):
        # At the form's right edge runs a column of words downwards.
        run = list(takewhile(lambda glyph: not document.is_label(glyph), document.page.run(cell)))
        if run and run[0].character in "¥Y羊":
            found = sums_in(document, document.reading(run))
            if len(found) == 2:
                return found
    return []


def column(document: Document, label: Label) -> LabelHit | None:
    """The head of a column of the table: of the places of a label the one with other heads in its row."""
    heads = document.hits(
        Label.AMOUNT, Label.TAX, Label.TAX_RATE, Label.PRICE, Label.QUANTITY, Label.UNIT, Label.ITEM, Label.MODEL
    )
    for hit in document.hits(label):
        if any(other.label is not label and other.cell.shares_row(hit.cell) for other in heads):
            return hit
    return None


def in_column(document: Document, label: Label) -> Iterator[tuple[Money, float]]:
    """The sums of the summing row that may stand under a head (金额 or 税额), with scores.

    By the nearest head where both were read; otherwise the amount stands left of the tax.
    """
    row = sum_row(document)
    amount, tax = column(document, Label.AMOUNT), column(document, Label.TAX)
    sure = [money for money in row if money.score > 0.5] or row
    for place, money in enumerate(sure):
        if amount and tax:
            to_amount = abs(money.reading.middle[0] - amount.middle[0])
            to_tax = abs(money.reading.middle[0] - tax.middle[0])
            nearest = Label.AMOUNT if to_amount <= to_tax else Label.TAX
            fits = 1.0 if nearest is label else 0.5 if len(sure) > 1 else 0.0
        else:
            # One sum alone is the amount: nothing stands there for a tax of nothing, or it was not read.
            fits = 0.5 if len(sure) > 1 or label is Label.AMOUNT else 0.0
        if len(sure) >= 2:
            # Merged columns have no places of their own; their order says the same.
            by_order = Label.AMOUNT if place == len(sure) - 2 else Label.TAX if place == len(sure) - 1 else None
            fits = max(fits, 0.85) if by_order is label else 0.6 * fits
        yield money, 0.95 * fits * money.score
