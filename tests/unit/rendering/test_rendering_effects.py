"""Effects: the boxes go where the pixels go, and the same seed gives the same pixels."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from headrace.rendering.effects.picture import Picture
from headrace.rendering.effects.recipes import RECIPES
from headrace.rendering.layout import layout_named
from headrace.rendering.render import render
from headrace.rendering.sheet import Sheet
from headrace.rendering.truth import PrintedLine, Truth

SQUARES = [(30, 20), (260, 25), (25, 150), (255, 160), (140, 90)]


@pytest.fixture
def squares() -> Picture:
    """A white page with five black squares of 20 pixels where its lines are."""
    pixels = np.full((200, 300, 3), 255, np.uint8)
    lines = []
    for x, y in SQUARES:
        pixels[y : y + 20, x : x + 20] = 0
        box = ((x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20))
        lines.append(PrintedLine(text="■", box=box))
    return Picture(pixels, tuple(lines))


def darkness(picture: Picture, line: PrintedLine, grow: float) -> float:
    """The mean of the pixels in a line's box, grown around its middle by a factor."""
    box = np.array(line.box)
    box = (box - box.mean(axis=0)) * grow + box.mean(axis=0)
    cover = np.zeros(picture.pixels.shape[:2], np.uint8)
    cv2.fillPoly(cover, [box.round().astype(np.int32)], (1,))
    return float(picture.pixels[cover > 0].mean())


@pytest.mark.parametrize("effects", RECIPES)
@pytest.mark.parametrize("seed", range(8))
def test_boxes_go_where_the_ink_goes(squares: Picture, effects: str, seed: int) -> None:
    picture = RECIPES[effects](squares, Random(f"{effects}/{seed}"))
    for line in picture.lines:
        inside, outside = darkness(picture, line, 0.6), darkness(picture, line, 1.8)
        assert inside < 110
        assert outside > inside + 25
        for x, y in line.box:
            assert 0 <= x <= picture.size[0]
            assert 0 <= y <= picture.size[1]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_turned_back(squares: Picture, turn: int) -> None:
    turned = squares.quarter_turns(turn)  # type: ignore[arg-type]
    assert turned.turned == turn
    assert all(darkness(turned, line, 0.9) == 0 for line in turned.lines)
    assert turned.truth().upright() == squares.truth()


def test_a_line_turned_by_90_degrees_starts_at_the_top_right() -> None:
    sheet = Sheet(40, 20, 5)
    sheet.lines.append(PrintedLine(text="a", box=((10, 20), (60, 20), (60, 40), (10, 40))))
    [line] = Picture.of(sheet).quarter_turns(90).lines
    assert line.box == ((80, 10), (80, 60), (60, 60), (60, 10))


@pytest.mark.parametrize("effects", RECIPES)
def test_the_same_seed_gives_the_same_pixels_and_truth(effects: str) -> None:
    layout = layout_named("paper_train_ticket")
    one, same, other = (render(layout, seed, effects=effects, scale=5) for seed in (3, 3, 4))
    assert np.array_equal(one.pages[0].pixels, same.pages[0].pixels)
    assert one.truth.model_dump_json() == same.truth.model_dump_json()
    assert one.truth != other.truth


def test_truth_comes_back_from_json() -> None:
    truth = render(layout_named("special_vat_invoice"), 5, effects="scan", scale=4).truth
    assert Truth.model_validate_json(truth.model_dump_json()) == truth
    assert truth.invoice is not None
    assert f'"total":"{truth.invoice.total}"' in truth.model_dump_json()
