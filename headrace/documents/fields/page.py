"""The geometry of a page: lines set upright, their characters placed, and who stands right of whom."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from headrace.documents.fields.characters import advance, one_form
from headrace.documents.line import Line

_VERTICAL = 1.5
"""A line of several characters that is this much taller than wide runs downwards."""
_SAME_ROW = 0.5
"""Two lines stand in a row if they share at least this part of the lower one's height."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and where it stands; positions inside a line are estimated from the widths of its characters."""

    character: str
    """In the form that the rules know (`one_form`)."""
    written: str
    """As it was read; empty for all but the first of several that one written character stands for."""
    left: float
    right: float
    cell: int
    """Which cell of the page it belongs to."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A line set upright: an extent in pixels of the page without its skew, and its characters without spaces."""

    line: Line
    number: int
    left: float
    top: float
    right: float
    bottom: float
    glyphs: tuple[Glyph, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The characters in the rules' form, without spaces."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def height(self) -> float:
        """From top to bottom, at least a pixel."""
        return max(self.bottom - self.top, 1.0)

    @property
    def width(self) -> float:
        """From left to right, at least a pixel."""
        return max(self.right - self.left, 1.0)

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def is_vertical(self) -> bool:
        """Whether the text runs downwards."""
        return len(self.glyphs) > 1 and self.height > _VERTICAL * self.width

    def shares_row(self, other: Cell, least: float = _SAME_ROW) -> bool:
        """Whether two cells overlap vertically by at least a part of the lower one's height."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= least * min(self.height, other.height)

    def shares_column(self, other: Cell) -> bool:
        """Whether two cells overlap horizontally."""
        return min(self.right, other.right) > max(self.left, other.left)


class Page:
    """The cells of a page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Set lines upright; those without a visible character are left out."""
        angle = skew(lines)
        placed = [_cell(line, number, angle) for number, line in enumerate(line for line in lines if line.text.strip())]
        self.cells: tuple[Cell, ...] = tuple(placed)
        self._by_top = sorted(placed, key=lambda cell: cell.top)
        self._tops = [cell.top for cell in self._by_top]
        self._tallest = max((cell.height for cell in placed), default=1.0)

    @cached_property
    def left(self) -> float:
        """Where the leftmost cell begins."""
        return min((cell.left for cell in self.cells), default=0.0)

    @cached_property
    def right(self) -> float:
        """Where the rightmost cell ends."""
        return max((cell.right for cell in self.cells), default=1.0)

    @cached_property
    def top(self) -> float:
        """Where the uppermost cell begins."""
        return min((cell.top for cell in self.cells), default=0.0)

    @cached_property
    def bottom(self) -> float:
        """Where the lowest cell ends."""
        return max((cell.bottom for cell in self.cells), default=1.0)

    def share(self, x: float, y: float) -> tuple[float, float]:
        """A point as parts of the page's extent, from the top left: (0 … 1, 0 … 1)."""
        return (
            (x - self.left) / max(self.right - self.left, 1.0),
            (y - self.top) / max(self.bottom - self.top, 1.0),
        )

    def in_band(self, top: float, bottom: float) -> list[Cell]:
        """The cells that touch a band, by their tops."""
        start = bisect_left(self._tops, top - self._tallest)
        end = bisect_left(self._tops, bottom)
        return [cell for cell in self._by_top[start:end] if cell.bottom > top]

    def right_of(self, cell: Cell) -> Cell | None:
        """The next cell in the same row, None at its end."""
        return self._right[cell.number]

    @cached_property
    def _right(self) -> list[Cell | None]:
        return [self._find_right(cell) for cell in self.cells]

    def _find_right(self, cell: Cell) -> Cell | None:
        best, least = None, math.inf
        for other in self.in_band(cell.top, cell.bottom):
            if other is cell or other.is_vertical or other.middle[0] <= cell.middle[0] or other.left < cell.middle[0]:
                continue
            if not cell.shares_row(other):
                continue
            # Of two that begin at nearly the same place the one that stands in line is meant.
            distance = max(other.left - cell.right, 0) + abs(other.middle[1] - cell.middle[1])
            if distance < least:
                best, least = other, distance
        return best

    def run(self, cell: Cell) -> list[Glyph]:
        """The characters of a row from a cell on to the right."""
        glyphs: list[Glyph] = []
        at: Cell | None = cell
        while at is not None:
            glyphs.extend(at.glyphs)
            at = self.right_of(at)
        return glyphs

    def below(self, cell: Cell, reach: float) -> list[Cell]:
        """The cells that begin under a cell, share a column with it and are at most `reach` heights away; by distance.

        Args:
            cell: where to look from.
            reach: in heights of the cell.
        """
        found = [
            other
            for other in self.in_band(cell.bottom, cell.bottom + reach * cell.height)
            if other is not cell and other.middle[1] > cell.bottom and other.shares_column(cell)
        ]
        return sorted(found, key=lambda other: other.top)

    def above(self, cell: Cell, reach: float) -> list[Cell]:
        """The cells that end over a cell, share a column with it and are at most `reach` heights away; by distance.

        Args:
            cell: where to look from.
            reach: in heights of the cell.
        """
        found = [
            other
            for other in self.in_band(cell.top - reach * cell.height, cell.top)
            if other is not cell and other.middle[1] < cell.top and other.shares_column(cell)
        ]
        return sorted(found, key=lambda other: -other.bottom)


def skew(lines: Sequence[Line]) -> float:
    """The angle by which lines are turned clockwise, in radians: the median of the lines, each as heavy as it is long.

    Short lines and single characters do not know their angle.
    """
    angles = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.box
        right, down = (bx + cx - ax - dx) / 2, (by + cy - ay - dy) / 2
        width, height = math.hypot(right, down), math.hypot(dx + cx - ax - bx, dy + cy - ay - by) / 2
        if width > 3 * height and len(line.text) > 2:
            angles.append((math.atan2(down, right), width))
    half = sum(width for _, width in angles) / 2
    for angle, width in sorted(angles):
        half -= width
        if half <= 0:
            return angle
    return 0.0


def _cell(line: Line, number: int, angle: float) -> Cell:
    cos, sin = math.cos(angle), math.sin(angle)
    a, b, c, d = ((x * cos + y * sin, y * cos - x * sin) for x, y in line.box)
    left, right = (a[0] + d[0]) / 2, (b[0] + c[0]) / 2
    top, bottom = (a[1] + b[1]) / 2, (c[1] + d[1]) / 2
    return Cell(line, number, left, top, right, bottom, tuple(_glyphs(line.text.strip(), number, left, right)))


def _glyphs(text: str, number: int, left: float, right: float) -> list[Glyph]:
    widths = [advance(character) for character in text]
    unit = (right - left) / (sum(widths) or 1.0)
    glyphs: list[Glyph] = []
    at = left
    for character, width in zip(text, widths, strict=True):
        end = at + width * unit
        if not character.isspace():
            forms = one_form(character).replace(" ", "") or character
            glyphs.extend(
                Glyph(form, character if place == 0 else "", at, end, number) for place, form in enumerate(forms)
            )
        at = end
    return glyphs
