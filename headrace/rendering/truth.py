"""What a rendered document says, exactly: its kind, its fields, and every printed line with its box."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer

Kind = Literal[
    "special_vat_invoice",
    "ordinary_vat_invoice",
    "electronic_vat_invoice",
    "digital_invoice",
    "train_ticket",
    "other",
    "greeting_card",
]
Sentiment = Literal["positive", "neutral", "negative"]
Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
Money = Annotated[Decimal, PlainSerializer(str, return_type=str)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InvoiceFields(_Frozen):
    """The fields of an invoice, a ticket or a receipt as printed; None is what the document does not print.

    Exempt goods (免税, tax printed as ***) have a tax of 0.00. A ticket's and a receipt's sum is its total; the date
    of a paper train ticket is the day of the journey. Red-letter invoices have negative sums.
    """

    invoice_code: str | None = None
    invoice_number: str | None = None
    issue_date: date | None = None
    buyer: str | None = None
    seller: str | None = None
    buyer_tax_id: str | None = None
    seller_tax_id: str | None = None
    amount: Money | None = None
    tax: Money | None = None
    total: Money | None = None


class CardText(_Frozen):
    """A greeting card: for what occasion, its message (one sentence or more, without line breaks), and its mood."""

    occasion: str
    message: str
    sentiment: Sentiment


class PrintedLine(_Frozen):
    """A piece of text as it was printed in one go.

    `box`: four points clockwise from the text's top left, in pixels of the image after its EXIF orientation is
    applied, around the ink. `field`: the name of the field that the text is (a part of), if any.
    """

    text: str
    box: Box
    field: str | None = None


class PageTruth(_Frozen):
    """One page: its size in pixels (EXIF orientation applied), and by how many degrees clockwise its content lies."""

    width: int
    height: int
    turned: Literal[0, 90, 180, 270] = 0
    lines: tuple[PrintedLine, ...]

    def upright(self) -> PageTruth:
        """The same page turned back, as it is read."""
        page = self
        for _ in range((360 - self.turned) // 90 % 4):
            page = page.quarter_turn()
        return page.model_copy(update={"turned": 0})

    def quarter_turn(self) -> PageTruth:
        """The page turned by 90 degrees clockwise; `turned` says so."""
        lines = tuple(
            line.model_copy(update={"box": tuple((self.height - y, x) for x, y in line.box)}) for line in self.lines
        )
        return PageTruth.model_validate(
            {"width": self.height, "height": self.width, "turned": (self.turned + 90) % 360, "lines": lines}
        )


class Truth(_Frozen):
    """A document: which layout, case and effects it was drawn with, and what it says; `file`: its file in a set.

    `invoice` for every kind but greeting cards, `card` for those. `effects`: the names of what was done to it.
    """

    file: str = ""
    layout: str
    kind: Kind
    case: str
    effects: tuple[str, ...] = ()
    invoice: InvoiceFields | None = None
    card: CardText | None = None
    pages: tuple[PageTruth, ...]
