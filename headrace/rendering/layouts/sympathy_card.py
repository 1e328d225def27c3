"""A card of condolence: grey, a black frame, white flowers."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _flowers(sheet: Sheet, random: Random) -> None:
    for _ in range(3):
        x, y = random.uniform(14, 60), random.uniform(84, 94)
        for petal in range(8):
            angle = petal * math.pi / 4
            sheet.disc(x + 2.6 * math.cos(angle), y + 2.6 * math.sin(angle), 1.7, (250, 250, 250))
        sheet.disc(x, y, 1.3, (232, 226, 190))


_LOOK = CardLook(
    ("沉痛悼念", "深切缅怀", "节哀"),
    (226, 228, 230),
    (40, 40, 44),
    Style("song-bold", 9, (40, 40, 44)),
    Style("song-modern", 5.8, (44, 44, 48)),
    _flowers,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "sympathy", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("sympathy"), usual_scale=7.0)
