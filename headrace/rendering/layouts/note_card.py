"""A plain note on squared paper, as written at a desk: apologies and notices."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _squares(sheet: Sheet, random: Random) -> None:
    tone = random.choice(((222, 232, 240), (236, 226, 214)))
    for step in range(1, 30):
        sheet.rule(step * 5, 6, step * 5, 99, tone, 0.15)
        if step < 20:
            sheet.rule(6, step * 5, 144, step * 5, tone, 0.15)
    sheet.disc(75, 3 + 0.5 * math.pi, 2.2, (200, 90, 80))


_LOOK = CardLook(
    ("留言", "便条", "致歉信"),
    (252, 252, 246),
    (150, 170, 190),
    Style("kai", 8, (60, 70, 110), bold=True),
    Style("kai", 6.2, (40, 50, 120), bold=True),
    _squares,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "apology", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("apology"), usual_scale=7.0)
