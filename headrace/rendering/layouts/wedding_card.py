"""A wedding card: the double happiness in a disc, upright format."""

from __future__ import annotations

from random import Random

from headrace.rendering.content.greetings import moods
from headrace.rendering.layout import Drawing, Layout
from headrace.rendering.parts.card import CardLook, draw_card
from headrace.rendering.sheet import Sheet, Style


def _happiness(sheet: Sheet, random: Random) -> None:
    del random
    sheet.disc(28, 126, 12, (214, 40, 52))
    for x in (22.2, 28.8):
        for y, wide in ((119, 5.0), (122, 3.4), (126, 5.0), (130, 3.4)):
            sheet.frame(x + (5 - wide) / 2, y, x + (5 + wide) / 2, y + 2, (250, 222, 150), 0.4)
        sheet.rule(x + 2.5, 117, x + 2.5, 133, (250, 222, 150), 0.5)


_LOOK = CardLook(
    ("新婚志喜", "百年好合", "囍结良缘"),
    (253, 238, 236),
    (200, 40, 50),
    Style("kai", 12, (196, 30, 44), bold=True),
    Style("kai", 6.0, (96, 32, 36), bold=True),
    _happiness,
    (105.0, 150.0),
)


def draw(random: Random, case: str, scale: float) -> Drawing:
    return draw_card(random, "wedding", case, scale, _LOOK)


LAYOUT = Layout("greeting_card", draw, moods("wedding"), usual_scale=7.0)
