"""A sheet of paper to print on: measures in millimetres from the top left, and a record of every printed line."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from headrace.rendering.fonts import font
from headrace.rendering.truth import PrintedLine

Colour = tuple[int, int, int]
BLACK: Colour = (25, 25, 28)
WHITE: Colour = (255, 255, 255)
# Where characters stand below an anchor (a: the em's top, m: its middle, s: the line they stand on), in ems.
_BASELINES = {"a": 0.86, "m": 0.36, "s": 0.0}


@dataclass(frozen=True)
class Style:
    """How text is printed: the font's name, its em in millimetres, the colour; `dots`: by a dot-matrix printer."""

    font: str
    size: float
    colour: Colour = BLACK
    bold: bool = False
    dots: bool = False

    def sized(self, size: float) -> Style:
        return replace(self, size=size)

    def coloured(self, colour: Colour) -> Style:
        return replace(self, colour=colour)


class Sheet:
    """Paper of `width` x `height` mm at `scale` pixels a millimetre."""

    def __init__(self, width: float, height: float, scale: float, paper: Colour = WHITE) -> None:
        self.width = width
        self.height = height
        self.scale = scale
        self.image = Image.new("RGB", (round(width * scale), round(height * scale)), paper)
        self.lines: list[PrintedLine] = []
        self._draw = ImageDraw.Draw(self.image)

    def pixels(self, millimetres: float) -> int:
        return round(millimetres * self.scale)

    def text_width(self, text: str, style: Style) -> float:
        """How wide a text is in this style, in millimetres."""
        return font(style.font, max(1, self.pixels(style.size))).getlength(text) / self.scale

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        anchor: str = "la",
        field: str | None = None,
        spread: float | None = None,
    ) -> None:
        """Prints a text at a point: `anchor` as Pillow's (l, m, r and a, m, s); with `spread`, over so many mm."""
        if not text.strip():
            return
        at = (x * self.scale, y * self.scale)
        boxes = (
            [self._ink(at, text, style, anchor)]
            if spread is None
            else [
                self._ink(((x + place) * self.scale, at[1]), character, style, "l" + anchor[1])
                for place, character in zip(self._places(text, style, spread), text, strict=True)
            ]
        )
        self._record(text, boxes, field)

    def fitted(
        self, x: float, y: float, width: float, text: str, style: Style, anchor: str = "la", field: str | None = None
    ) -> None:
        """Prints a text on one line, smaller where it would be wider than `width`."""
        wide = self.text_width(text, style)
        if wide > width:
            style = style.sized(style.size * width / wide * 0.99)
        self.text(x, y, text, style, anchor, field)

    def wrapped(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        style: Style,
        field: str | None = None,
        leading: float = 1.2,
    ) -> int:
        """Prints a text on as many lines as it needs, none wider than `width`; returns how many."""
        rows = self.broken(text, width, style)
        for row, words in enumerate(rows):
            self.text(x, y + row * style.size * leading, words, style, field=field)
        return len(rows)

    def broken(self, text: str, width: float, style: Style) -> list[str]:
        """The lines that a text is broken into; numbers and Latin words stay whole, closing marks stay with theirs."""
        rows = [""]
        for word in _words(text):
            if rows[-1] and self.text_width(rows[-1] + word, style) > width and word not in "，。！？、；：）》”":
                rows.append("")
            rows[-1] += word
        return [row.strip() for row in rows if row.strip()]

    def column(self, x: float, y: float, text: str, style: Style, height: float | None = None) -> None:
        """Prints a text downwards, centred on `x`, its characters over `height` millimetres."""
        step = (height - style.size) / max(1, len(text) - 1) if height is not None else style.size * 1.15
        boxes = [
            self._ink((x * self.scale, (y + place * step + style.size / 2) * self.scale), character, style, "mm")
            for place, character in enumerate(text)
        ]
        self._record(text, boxes, None)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: Colour, width: float = 0.25) -> None:
        """A straight line."""
        points = [value * self.scale for value in (x1, y1, x2, y2)]
        self._draw.line(points, colour, max(1, self.pixels(width)))

    def frame(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour,
        width: float = 0.25,
        fill: Colour | None = None,
    ) -> None:
        """A rectangle."""
        points = [value * self.scale for value in (x1, y1, x2, y2)]
        self._draw.rectangle(points, fill, colour, max(1, self.pixels(width)))

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour | None, outline: Colour | None = None) -> None:
        """A circle around a point."""
        points = [value * self.scale for value in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(points, fill, outline, max(1, self.pixels(0.25)))

    def paste(self, image: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """Prints a picture into a rectangle, pixels kept sharp (a QR code, a barcode)."""
        size = (max(1, self.pixels(width)), max(1, self.pixels(height)))
        self.image.paste(image.convert("RGB").resize(size, Image.Resampling.NEAREST), (self.pixels(x), self.pixels(y)))

    def overprint(self, ink: npt.NDArray[np.float32], colour: Colour, x: float, y: float) -> None:
        """Presses a stamp's ink (rows x columns, 0 none to 1 full) onto what is printed, its top left at a point."""
        left, top = self.pixels(x), self.pixels(y)
        right, bottom = min(left + ink.shape[1], self.image.width), min(top + ink.shape[0], self.image.height)
        cut_left, cut_top = max(0, -left), max(0, -top)
        box = (max(0, left), max(0, top), right, bottom)
        under = np.asarray(self.image.crop(box), np.float32)
        cover = ink[cut_top : cut_top + under.shape[0], cut_left : cut_left + under.shape[1], None]
        through = 1 - cover * (1 - np.asarray(colour, np.float32) / 255)
        self.image.paste(Image.fromarray((under * through).astype(np.uint8)), box[:2])

    def _places(self, text: str, style: Style, spread: float) -> list[float]:
        free = (spread - self.text_width(text, style)) / max(1, len(text) - 1)
        places = [0.0]
        for character in text[:-1]:
            places.append(places[-1] + self.text_width(character, style) + max(0.0, free))
        return places

    def _ink(self, at: tuple[float, float], text: str, style: Style, anchor: str) -> tuple[int, int, int, int] | None:
        """Prints a text and returns the pixels that its ink covers (left, top, right, bottom)."""
        size = max(1, self.pixels(style.size))
        face = font(style.font, size)
        stroke = size / 60 if style.bold else 0
        # Of fonts beside each other, the characters stand on one line: not each font's own ascent, but the em counts.
        down = _BASELINES[anchor[1]] * size
        at, anchor = (at[0], at[1] + down), anchor[0] + "s"
        mask, offset = face.getmask2(text, "L", anchor=anchor, stroke_width=stroke, stroke_filled=True)
        shades = Image.frombytes("L", mask.size, bytes(mask))
        ink = shades.getbbox()
        if ink is None:
            return None
        left, top = round(at[0] + offset[0]), round(at[1] + offset[1])
        if style.dots:
            shades = _dotted(shades, self.scale)
        self.image.paste(style.colour, (left, top), shades)
        return left + ink[0], top + ink[1], left + ink[2], top + ink[3]

    def _record(self, text: str, boxes: list[tuple[int, int, int, int] | None], field: str | None) -> None:
        inked = [box for box in boxes if box is not None]
        if not inked:
            return
        left, top = min(box[0] for box in inked), min(box[1] for box in inked)
        right, bottom = max(box[2] for box in inked), max(box[3] for box in inked)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.lines.append(PrintedLine(text=" ".join(text.split()), box=corners, field=field))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for character in text:
        if words and character.isascii() and character != " " and words[-1][-1].isascii() and words[-1][-1] != " ":
            words[-1] += character
        else:
            words.append(character)
    return words


def _dotted(shades: Image.Image, scale: float) -> Image.Image:
    """The gaps that the pins of a dot-matrix printer leave, six pins a millimetre."""
    values = np.asarray(shades, np.float32)
    pitch = max(2.0, scale / 3)
    rows = 0.5 + 0.5 * np.cos(2 * np.pi * np.arange(values.shape[0]) / pitch)
    columns = 0.5 + 0.5 * np.cos(2 * np.pi * np.arange(values.shape[1]) / pitch)
    gaps = 1 - 0.35 * (1 - np.outer(rows, columns))
    return Image.fromarray(np.minimum(255, values * 1.1 * gaps).astype(np.uint8))
