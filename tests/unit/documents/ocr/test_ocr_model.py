"""Pages that are read by the real model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.read import read_fields
from headrace.documents.line import Line
from headrace.documents.ocr.model import OcrModel
from headrace.rendering.render import Rendered

Page = NDArray[np.uint8]


def middles(lines: list[Line]) -> Page:
    return np.array([np.mean(line.box, axis=0) for line in lines])


@pytest.mark.parametrize("layout", ["digital_invoice", "special_vat_invoice", "paper_train_ticket", "receipt"])
def test_the_fields_of_a_rendered_document_are_read(
    model: OcrModel, draw: Callable[..., Rendered], layout: str
) -> None:
    document = draw(layout, effects="scan")
    [lines] = model.read([document.pages[0].pixels])
    fields = read_fields(lines)
    truth = document.truth.invoice
    assert truth is not None
    assert {name: getattr(fields, name) for name in Field} == {name: getattr(truth, name) for name in Field}


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_page_may_lie_turned(model: OcrModel, ticket: Page, quarter_turns: int) -> None:
    """Text is read right, and boxes are where it stands on the page as it was given, from the text's top left."""
    [upright] = model.read([ticket])
    turned = np.ascontiguousarray(np.rot90(ticket, -quarter_turns))
    [lines] = model.read([turned])
    expected, found = {line.text: line for line in upright}, {line.text: line for line in lines}
    common = [text for text in expected if text in found]
    assert len(common) >= 0.9 * len(expected)
    for text in common:
        box = np.array(expected[text].box)
        for _ in range(quarter_turns):
            box = np.stack([(ticket.shape[0] if _ % 2 == 0 else ticket.shape[1]) - box[:, 1], box[:, 0]], axis=1)
        assert np.abs(np.array(found[text].box) - box).max() < 0.5 * np.hypot(*(box[3] - box[0])) + 4


def test_pages_together_are_read_as_each_alone(model: OcrModel, draw: Callable[..., Rendered], ticket: Page) -> None:
    card = draw("birthday_card").pages[0].pixels
    alone = [model.read([page])[0] for page in (ticket, card)]
    together = model.read([ticket, card])
    assert [[line.text for line in lines] for lines in together] == [[line.text for line in lines] for lines in alone]


def test_a_page_without_text_has_no_lines(model: OcrModel) -> None:
    blank = np.full((300, 400, 3), 255, dtype=np.uint8)
    assert model.read([blank, blank[:1, :1]]) == [[], []]


def test_a_long_line_is_not_squeezed(model: OcrModel, draw: Callable[..., Rendered]) -> None:
    """The cipher and address rows of a VAT invoice are some forty characters long."""
    document = draw("special_vat_invoice")
    [lines] = model.read([document.pages[0].pixels])
    longest = max((line.text for line in document.truth.pages[0].lines if line.text.isascii()), key=len)
    assert longest in {line.text for line in lines}
