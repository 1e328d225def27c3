"""A card of thanks: cream paper, a branch of leaves."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _leaves(sheet: Sheet, random: Random) -> None:
    for step in range(14):
        x, y = 8 + step * 3.0, 97 - step * 0.9
        turn = (-1) ** step * 0.9 + random.uniform(-0.2, 0.2)
        points = [
            (x, y),
            (x + 4 * math.cos(turn - 0.3), y - 4 * math.sin(turn - 0.3)),
            (x + 6 * math.cos(turn), y - 6 * math.sin(turn)),
            (x + 4 * math.cos(turn + 0.3), y - 4 * math.sin(turn + 0.3)),
        ]
        sheet.shape(points, (188, 210, 176))


_LOOK = CardLook(
    ("感谢信", "谢谢您", "感恩有您"),
    (250, 246, 234),
    (120, 150, 110),
    Style("song-bold", 9, (70, 104, 66)),
    Style("song-modern", 5.6, (50, 54, 48)),
    _leaves,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "thanks", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("thanks"), usual_scale=7.0)
