"""Every layout with every case: it draws, its boxes lie on its ink, no text lies on other text, fields are printed."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest

from headrace.errors import RenderingError
from headrace.rendering.layout import Drawing, Layout, all_layouts, layout_named
from headrace.rendering.render import render
from headrace.rendering.truth import InvoiceFields, PrintedLine

SCALE = 5.0
DRAWN = [(layout, case) for layout in all_layouts().values() for case in layout.cases]


def drawn(layout: Layout, case: str) -> Drawing:
    return layout.draw(Random(f"{layout.name}/{case}"), case, SCALE)


def rectangle(line: PrintedLine) -> tuple[float, float, float, float]:
    (left, top), _, (right, bottom), _ = line.box
    return left, top, right, bottom


def test_there_are_layouts_of_every_kind_and_two_held_out() -> None:
    layouts = all_layouts().values()
    assert {layout.kind for layout in layouts if not layout.is_held_out} == {
        "special_vat_invoice",
        "ordinary_vat_invoice",
        "electronic_vat_invoice",
        "digital_invoice",
        "train_ticket",
        "other",
        "greeting_card",
    }
    assert sum(layout.is_held_out for layout in layouts) == 2
    assert all(layout.name == name for name, layout in all_layouts().items())


@pytest.mark.parametrize(("layout", "case"), DRAWN, ids=lambda value: getattr(value, "name", value))
def test_a_drawing_is_exact(layout: Layout, case: str) -> None:
    drawing = drawn(layout, case)
    [sheet] = drawing.sheets
    pixels = np.asarray(sheet.image.convert("L"), np.float32)
    for line in sheet.lines:
        left, top, right, bottom = (int(side) for side in rectangle(line))
        assert 0 <= left < right <= sheet.image.width, line
        assert 0 <= top < bottom <= sheet.image.height, line
        # Ink touches each of the box's sides, and stands out from the ground.
        crop = pixels[top:bottom, left:right]
        assert np.ptp(crop) > 40, line
    for place, line in enumerate(sheet.lines):
        for other in sheet.lines[place + 1 :]:
            assert not _overlap(rectangle(line), rectangle(other)), (line.text, other.text)
    if drawing.invoice is not None:
        _is_printed(drawing.invoice, sheet.lines)
    else:
        assert drawing.card is not None
        message = "".join(line.text for line in sheet.lines if line.field == "message")
        assert message.replace(" ", "") == drawing.card.message.replace(" ", "")


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes share more than the pixels of a border."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 1


def _is_printed(fields: InvoiceFields, lines: list[PrintedLine]) -> None:
    for name, value in fields:
        if value is None:
            assert not any(line.field == name for line in lines), name
            continue
        printed = [line.text for line in lines if line.field == name]
        if name in ("invoice_code", "invoice_number", "buyer_tax_id", "seller_tax_id"):
            assert printed, name
            assert set(printed) == {value}
        elif name in ("buyer", "seller"):
            assert "".join(printed) == value
        elif name == "issue_date":
            [text] = printed
            numbers = "".join(character if character.isdigit() else " " for character in text).split()
            assert date(*map(int, numbers[:3])) == value
        elif printed != ["***"]:
            [text] = printed
            assert text.strip("¥￥元") in (f"{value:.2f}", f"{value:.1f}")


def test_a_layout_that_there_is_not() -> None:
    with pytest.raises(RenderingError, match=r"layout nothing: .* Layouts: birthday_card"):
        layout_named("nothing")
    with pytest.raises(RenderingError, match=r"no case nothing\. Cases: usual"):
        render(layout_named("receipt"), 1, case="nothing")
    with pytest.raises(RenderingError, match="clean, scan, photo"):
        render(layout_named("receipt"), 1, effects="nothing")
