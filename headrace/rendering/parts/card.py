"""What greeting cards share: a coloured ground with a border, a title, the message, who sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from headrace.rendering.content.greetings import greeting
from headrace.rendering.layout import Drawing
from headrace.rendering.sheet import Colour, Sheet, Style
from headrace.rendering.truth import CardText


@dataclass(frozen=True)
class CardLook:
    """How a card looks; sizes in millimetres. `decorate` draws on the ground, beneath the text."""

    titles: tuple[str, ...]
    ground: Colour
    border: Colour
    title: Style
    text: Style
    decorate: Callable[[Sheet, Random], None]
    size: tuple[float, float] = (150.0, 105.0)
    title_downwards: bool = False


def draw_card(random: Random, occasion: str, mood: str, scale: float, look: CardLook) -> Drawing:
    """One card of this occasion, whose message has this mood."""
    told = greeting(random, occasion, mood)
    width, height = look.size
    sheet = Sheet(width, height, scale, look.ground)
    look.decorate(sheet, random)
    sheet.frame(4, 4, width - 4, height - 4, look.border, 0.6)
    sheet.frame(5.2, 5.2, width - 5.2, height - 5.2, look.border, 0.2)
    title = random.choice(look.titles)
    if look.title_downwards:
        sheet.column(width - 18, 12, title, look.title)
        left, right, top = 14.0, width - 34, 16.0
    else:
        sheet.text(width / 2, 11, title, look.title, "ma")
        left, right, top = 18.0, width - 18, 16 + look.title.size * 1.25
    sheet.text(left, top, told.to, look.text)
    leading = 1.6
    top += look.text.size * 1.9
    indent = "" if random.random() < 0.3 else "　　"
    rows = sheet.broken(indent + told.message, right - left, look.text)
    for row, words in enumerate(rows):
        start = left + (look.text.size * 2 if indent and row == 0 else 0)
        sheet.text(start, top + row * look.text.size * leading, words, look.text, field="message")
    end = height - 11 - look.text.size * 1.4
    sheet.text(right, end - look.text.size * 1.5, told.signature, look.text, "ra")
    sheet.text(right, end, told.day, look.text.sized(look.text.size * 0.8), "ra")
    return Drawing((sheet,), card=CardText(occasion=told.occasion, message=told.message, sentiment=told.sentiment))
