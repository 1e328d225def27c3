"""The table of goods that all VAT invoices have: a heading, a line an article, columns with or without rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from headrace.rendering.content.goods import GoodsLine
from headrace.rendering.sheet import Colour, Sheet, Style


@dataclass(frozen=True)
class Column:
    """`heading`: printed, spread a little where it is short; `width` in millimetres; `shows`: what of a line."""

    heading: str
    width: float
    shows: Literal["name", "specification", "unit", "quantity", "unit_price", "amount", "rate", "tax"]
    align: Literal["left", "centre", "right"]


def shown(line: GoodsLine, what: str) -> str:
    """What a column prints of a line."""
    if what == "amount":
        return f"{line.amount:.2f}"
    if what == "tax":
        return "***" if line.tax is None else f"{line.tax:.2f}"
    return str(getattr(line, what))


def goods_table(
    sheet: Sheet,
    columns: Sequence[Column],
    goods: Sequence[GoodsLine],
    left: float,
    top: float,
    bottom: float,
    label: Style,
    value: Style,
    rules: Colour | None,
    heading_height: float = 5.0,
    shift: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Prints headings and lines between `top` and `bottom`; `shift`: by how much the printer missed the form."""
    x = left
    pitch = min(value.size * 1.45, (bottom - top - heading_height) / max(1, _rows(sheet, columns, goods, value)))
    value = value.sized(min(value.size, pitch * 0.86))
    for place, column in enumerate(columns):
        heading = Style(label.font, label.size, label.colour, label.bold)
        wide = sheet.text_width(column.heading, heading)
        free = min(column.width * 0.35, column.width - wide - 1) if len(column.heading) == 2 else 0
        middle = x + column.width / 2
        if free > 0:
            sheet.text(middle - (wide + free) / 2, top + heading_height / 2, column.heading, heading, "lm",
                       spread=wide + free)  # fmt: skip
        else:
            sheet.fitted(middle, top + heading_height / 2, column.width - 0.6, column.heading, heading, "mm")
        if rules and place:
            sheet.rule(x, top, x, bottom, rules)
        x += column.width
    y = top + heading_height + 0.7 + shift[1]
    for line in goods:
        y += pitch * _print_line(sheet, columns, line, left + shift[0], y, value, pitch, wrap=len(goods) <= 4)


def _rows(sheet: Sheet, columns: Sequence[Column], goods: Sequence[GoodsLine], value: Style) -> int:
    name = next(column for column in columns if column.shows == "name")
    if len(goods) > 4:
        return len(goods)
    return sum(len(sheet.broken(line.name, name.width - 1, value)) for line in goods)


def _print_line(
    sheet: Sheet,
    columns: Sequence[Column],
    line: GoodsLine,
    left: float,
    y: float,
    value: Style,
    pitch: float,
    wrap: bool,
) -> int:
    rows = 1
    x = left
    for column in columns:
        text = shown(line, column.shows)
        room = column.width - 1
        if column.shows == "name" and wrap:
            rows = sheet.wrapped(x + 0.5, y, room, text, value, leading=pitch / value.size)
        elif column.align == "left":
            sheet.fitted(x + 0.5, y, room, text, value)
        elif column.align == "right":
            sheet.fitted(x + column.width - 1.4, y, column.width - 2, text, value, "ra")
        else:
            sheet.fitted(x + column.width / 2, y, room, text, value, "ma")
        x += column.width
    return rows
