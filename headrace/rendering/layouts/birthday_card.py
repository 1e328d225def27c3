"""A birthday card: light colours, confetti."""

from __future__ import annotations

import math
from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _confetti(sheet: Sheet, random: Random) -> None:
    colours = ((255, 200, 210), (200, 226, 255), (255, 236, 170), (208, 240, 208))
    for _ in range(60):
        x, y, turn = random.uniform(6, 144), random.uniform(6, 99), random.uniform(0, math.pi)
        points = [
            (x + 1.6 * math.cos(turn + k * math.pi / 2), y + 0.9 * math.sin(turn + k * math.pi / 2)) for k in range(4)
        ]
        sheet.shape(points, random.choice(colours))


_LOOK = CardLook(
    ("生日快乐", "祝你生日快乐", "Happy Birthday 生日快乐"),
    (255, 250, 240),
    (236, 140, 160),
    Style("hei-bold", 10, (220, 70, 110)),
    Style("screen", 5.6, (70, 60, 90)),
    _confetti,
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "birthday", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("birthday"), usual_scale=7.0)
