"""A New Year's card: red and gold, lanterns."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _lanterns(sheet: Sheet, random: Random) -> None:
    for x in (16.0, 134.0):
        y = 9 + random.uniform(0, 3)
        sheet.rule(x, 0, x, y, (240, 200, 90), 0.4)
        angles = [step * math.pi / 12 for step in range(24)]
        sheet.shape([(x + 8 * math.cos(angle), y + 6 - 6 * math.sin(angle)) for angle in angles], (226, 60, 40))
        sheet.frame(x - 3, y - 0.8, x + 3, y + 0.6, (240, 200, 90), 0.2, (240, 200, 90))
        sheet.frame(x - 3, y + 11.4, x + 3, y + 12.8, (240, 200, 90), 0.2, (240, 200, 90))
        sheet.rule(x, y + 12, x, y + 19, (240, 200, 90), 0.5)


_LOOK = CardLook(
    ("新年快乐", "恭贺新禧", "新春大吉", "福满人间"),
    (176, 24, 30),
    (236, 196, 92),
    Style("song-bold", 13, (246, 212, 110)),
    Style("kai", 6.4, (252, 236, 190), bold=True),
    _lanterns,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "new_year", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("new_year"), usual_scale=7.0)
