"""A card for the Mid-Autumn Festival: night sky, full moon, the title downwards."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _moon(sheet: Sheet, random: Random) -> None:
    sheet.disc(36 + random.uniform(-6, 6), 76, 17, (250, 232, 170))
    for _ in range(40):
        sheet.disc(random.uniform(6, 144), random.uniform(6, 99), random.uniform(0.15, 0.4), (220, 220, 200))
    crest = [(x, 97 - 3 * math.sin(x / 9)) for x in range(4, 147)]
    sheet.shape([(4, 101), *crest, (146, 101)], (16, 26, 58))


_LOOK = CardLook(
    ("中秋快乐", "花好月圆", "月满中秋"),
    (28, 42, 88),
    (214, 184, 110),
    Style("kai", 11, (250, 226, 150), bold=True),
    Style("song-bold", 5.6, (238, 232, 214)),
    _moon,
    title_downwards=True,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "mid_autumn", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("mid_autumn"), usual_scale=7.0)
