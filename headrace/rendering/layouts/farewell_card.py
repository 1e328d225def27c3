"""A farewell card: a postcard with a stamp, a postmark and lines to write on."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _postcard(sheet: Sheet, random: Random) -> None:
    sheet.frame(124, 9, 142, 31, (150, 110, 90), 0.3, (246, 224, 196))
    sheet.shape([(126, 28), (132, 16), (136, 22), (138, 19), (140, 28)], (150, 180, 170))
    x, y = 120 + random.uniform(-3, 3), 27
    sheet.disc(x, y, 8, None, (120, 120, 130))
    sheet.disc(x, y, 6, None, (120, 120, 130))
    for step in range(4):
        points = [(x - 26 + k * 0.5, y - 4 + step * 2.6 + 0.6 * math.sin(k / 3)) for k in range(36)]
        for (x1, y1), (x2, y2) in pairwise(points):
            sheet.rule(x1, y1, x2, y2, (150, 150, 158), 0.2)


_LOOK = CardLook(
    ("一路顺风", "再见", "珍重"),
    (247, 242, 230),
    (150, 120, 90),
    Style("kai", 8, (110, 74, 46), bold=True),
    Style("song", 5.8, (52, 46, 44), bold=True),
    _postcard,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "farewell", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("farewell"), usual_scale=7.0)
