"""Which part of a form is the buyer's and which the seller's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import LabelHit
from headrace.documents.fields.page import Page

_SAME_ROW = 1.5
"""Two labels stand side by side if their middles differ by less, in heights of their lines."""
_EDGE = 0.9
"""Right of this part of the page runs downwards whose copy it is (购买方记账凭证): no mark of a side."""


class Party(StrEnum):
    """Who is named on an invoice."""

    BUYER = "buyer"
    SELLER = "seller"


_SAYS = {
    Label.BUYER: Party.BUYER,
    Label.BUYER_NAME: Party.BUYER,
    Label.BUYER_TAX_ID: Party.BUYER,
    Label.SELLER: Party.SELLER,
    Label.SELLER_NAME: Party.SELLER,
    Label.SELLER_TAX_ID: Party.SELLER,
}


class Sides:
    """A line between the parties.

    Fully digital invoices have them side by side, classic ones above each other. Two labels of one meaning (名称 twice,
    the tax id twice) show which it is and where the line runs. Who stands first is said by the words 购买方 and 销售方
    where they were read; otherwise the buyer does, as on every form of the tax administration.
    """

    def __init__(self, page: Page, labels: Sequence[LabelHit]) -> None:
        """Find the line."""
        self._page = page
        self._marks = [
            (hit, _SAYS[hit.label]) for hit in labels if hit.label in _SAYS and page.share(*hit.middle)[0] < _EDGE
        ]
        pairs = [
            pair
            for label in (Label.NAME, Label.TAX_ID, Label.ADDRESS, Label.BANK)
            if (pair := _pair([hit for hit in labels if hit.label is label])) is not None
        ]
        self._side_by_side, self._line, self._halfway = self._divide(pairs)
        self._first = self._who_is_first()

    def of_label(self, hit: LabelHit) -> tuple[Party, float]:
        """Whose a label is, and how sure that is (0 … 1)."""
        if hit.label in _SAYS:
            return _SAYS[hit.label], 1.0
        return self.of_point(hit.left, hit.middle[1])

    def of_point(self, x: float, y: float) -> tuple[Party, float]:
        """Whose a point of the page is, and how sure that is (0 … 1)."""
        if self._line is None:
            return self._nearest_mark(x, y)
        place = x if self._side_by_side else y
        other = Party.SELLER if self._first is Party.BUYER else Party.BUYER
        return (self._first if place < self._line else other), 1.0

    def _divide(self, pairs: list[tuple[LabelHit, LabelHit]]) -> tuple[bool, float | None, float]:
        """Whether side by side; where the line runs; halfway between the two labels, for the words left of them."""
        for first, second in pairs:
            height = max(first.cell.height, second.cell.height)
            if abs(first.middle[1] - second.middle[1]) < _SAME_ROW * height:
                # Values run up to the other party's labels.
                return True, max(first.left, second.left) - height, (first.left + second.left) / 2
            halfway = (first.middle[1] + second.middle[1]) / 2
            return False, halfway, halfway
        return self._divide_by_marks()

    def _divide_by_marks(self) -> tuple[bool, float | None, float]:
        buyer = [hit for hit, party in self._marks if party is Party.BUYER]
        seller = [hit for hit, party in self._marks if party is Party.SELLER]
        if not buyer or not seller:
            return False, None, 0.0
        ay, by = (hit.middle[1] for hit in (buyer[0], seller[0]))
        height = max(buyer[0].cell.height, seller[0].cell.height)
        if abs(ay - by) < _SAME_ROW * height:
            line = max(buyer[0].left, seller[0].left) - height
            return True, line, line
        # The words stand in the middle of what they head downwards.
        return False, (ay + by) / 2, (ay + by) / 2

    def _who_is_first(self) -> Party:
        """Votes of the marks: a mark that says its party, on the side where it stands."""
        if self._line is None:
            return Party.BUYER
        votes = 0
        for hit, party in self._marks:
            x, y = hit.middle
            before = (x if self._side_by_side else y) < self._halfway
            votes += 1 if before == (party is Party.BUYER) else -1
        return Party.SELLER if votes < 0 else Party.BUYER

    def _nearest_mark(self, x: float, y: float) -> tuple[Party, float]:
        """One label alone: by the nearest mark, or else by the half of the page."""
        if self._marks:
            height = self._marks[0][0].cell.height

            def distance(mark: tuple[LabelHit, Party]) -> float:
                mx, my = mark[0].middle
                return abs(my - y) + 0.2 * abs(mx - x)

            hit, party = min(self._marks, key=distance)
            if distance((hit, party)) < 8 * height:
                return party, 0.8
        across, down = self._page.share(x, y)
        if down < 0.45:
            # A digital invoice has both parties up here, the seller in the right half.
            return (Party.SELLER if across > 0.48 else Party.BUYER), 0.6
        return Party.SELLER, 0.7


def _pair(hits: list[LabelHit]) -> tuple[LabelHit, LabelHit] | None:
    """The two of several places of a label that are furthest apart, from left to right and top to bottom."""
    if len(hits) < 2:
        return None
    pairs = [(a, b) for at, a in enumerate(hits) for b in hits[at + 1 :]]
    return max(pairs, key=lambda pair: abs(pair[0].left - pair[1].left) + abs(pair[0].middle[1] - pair[1].middle[1]))
