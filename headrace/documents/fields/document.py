"""A page with what is known of it before fields are looked for: labels, kind, sides of buyer and seller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from headrace.documents.fields.kind import Kind, kind_of
from headrace.documents.fields.label_words import Label
from headrace.documents.fields.labels import LabelHit, find_labels
from headrace.documents.fields.page import Cell, Glyph, Page
from headrace.documents.fields.sides import Sides
from headrace.documents.line import Line

_WITHIN_VALUE = 2.0
"""The widest gap inside a value, in heights of the label's line: a detector splits lines at wide letter spacing."""
_TO_VALUE = 25.0
"""The widest gap between a label and its value: dot-matrix forms have fixed places for values."""
_SAME_TOKEN = 1.0
"""The widest gap inside a number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Some characters that belong together.

    Attributes:
        glyphs: at least one.
        confidence: of the reader, the least of the lines they come from.
        middle: of the first one.
    """

    glyphs: tuple[Glyph, ...]
    confidence: float
    middle: tuple[float, float]

    @property
    def text(self) -> str:
        """In the form of the rules, without spaces."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def written(self) -> str:
        """As it was read, without spaces."""
        return "".join(glyph.written for glyph in self.glyphs)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].right


class Document:
    """What the extractors look at."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Find labels, kind and sides."""
        self.page = Page(lines)
        self.labels = find_labels(self.page)
        self.kind: Kind = kind_of(self.page, self.labels)
        self._label_of = {id(glyph): hit for hit in self.labels for glyph in hit.glyphs}

    @cached_property
    def sides(self) -> Sides:
        """Where the buyer stands and where the seller."""
        return Sides(self.page, self.labels)

    def hits(self, *labels: Label) -> list[LabelHit]:
        """The places of some labels."""
        return [hit for hit in self.labels if hit.label in labels]

    def is_label(self, glyph: Glyph) -> bool:
        """Whether a character is part of a label."""
        return id(glyph) in self._label_of

    def has_label(self, cell: Cell) -> bool:
        """Whether a cell holds part of a label."""
        return any(map(self.is_label, cell.glyphs))

    def near(self, hit: LabelHit, within: float = _WITHIN_VALUE) -> Iterator[tuple[Reading, float]]:
        """What a label may announce, with a score: right of it (1), right but out of line (0.8), under it (0.7)."""
        after = self.after(hit, within)
        if after is not None:
            yield after, 1.0
            return
        cell = hit.cell
        loose = [
            other
            for other in self.page.in_band(cell.top - cell.height, cell.bottom + cell.height)
            if other is not cell
            and other.left >= hit.right - 0.5 * cell.height
            and other.left - hit.right < _TO_VALUE * cell.height
            and cell.shares_row(other, 0.1)
            and not self.has_label(other)
        ]
        for other in sorted(loose, key=lambda other: other.left)[:1]:
            yield self.reading(other.glyphs), 0.8
        below = (other for other in self.page.below(cell, 2.5) if not self.has_label(other))
        for other in list(below)[:1]:
            if other.right > hit.left and other.left < hit.right:
                yield self.reading(other.glyphs), 0.7

    def after(self, hit: LabelHit, within: float = _WITHIN_VALUE) -> Reading | None:
        """What stands right of a label, up to the next label or a wide gap; None where nothing does.

        Args:
            hit: the label.
            within: the widest gap inside the value, in heights of the label's line.
        """
        glyphs: list[Glyph] = []
        at = hit.right
        for glyph in hit.rest:
            if self.is_label(glyph):
                break
            gap = (glyph.left - at) / hit.cell.height
            if gap > (within if glyphs else _TO_VALUE):
                break
            at = glyph.right
            if not glyphs and glyph.character in ":.-_|!'`,*":
                continue
            glyphs.append(glyph)
        return self.reading(glyphs) if glyphs else None

    def row(self, hit: LabelHit) -> Reading | None:
        """All that stands right of a label, over gaps and labels."""
        return self.reading(hit.rest) if hit.rest else None

    def find(self, pattern: re.Pattern[str]) -> Iterator[Reading]:
        """Each place where a pattern matches characters of one row without gaps and labels between them."""
        for text, first, own, glyphs in self._tokens:
            for match in pattern.finditer(text, first):
                if match.start() < own and match.end() > match.start():
                    yield self.reading(glyphs[match.start() : match.end()])

    def goes_on(self, cell: Cell) -> bool:
        """Whether a cell stands close behind another one, as parts of one line do."""
        left = self._left_of.get(cell.number)
        return left is not None and cell.left - left.right <= _SAME_TOKEN * cell.height

    def close_run(self, cell: Cell) -> Reading:
        """The characters of a row from a cell on, without gaps and labels between them."""
        return next(
            (self.reading(glyphs[first:]) for _, first, glyphs in self._tokens_of(cell)), self.reading(cell.glyphs)
        )

    def reading(self, glyphs: Sequence[Glyph]) -> Reading:
        """Some characters with the confidence and the place that they have on the page."""
        cells = [self.page.cells[number] for number in dict.fromkeys(glyph.cell for glyph in glyphs)]
        return Reading(
            tuple(glyphs),
            min(cell.line.confidence for cell in cells),
            ((glyphs[0].left + glyphs[-1].right) / 2, cells[0].middle[1]),
        )

    @cached_property
    def _tokens(self) -> list[tuple[str, int, int, list[Glyph]]]:
        return [
            ("".join(glyph.character[:1] for glyph in glyphs), first, own, glyphs)
            for cell in self.page.cells
            if not cell.is_vertical
            for own, first, glyphs in self._tokens_of(cell)
        ]

    @cached_property
    def _left_of(self) -> dict[int, Cell]:
        pairs = ((self.page.right_of(cell), cell) for cell in self.page.cells)
        return {right.number: cell for right, cell in pairs if right is not None}

    def _tokens_of(self, cell: Cell) -> Iterator[tuple[int, int, list[Glyph]]]:
        """The parts of a row, cut at labels and gaps, that begin in a cell.

        Yields:
            Up to where a match may begin; from where: after what stands close left of the cell, which patterns look
            back at; and the characters.
        """
        widest = _SAME_TOKEN * cell.height
        token: list[Glyph] = []
        first = own = 0
        left = self._left_of.get(cell.number)
        at: float | None = None
        if left is not None and self.goes_on(cell) and left.glyphs and not self.is_label(left.glyphs[-1]):
            token, first, own = [left.glyphs[-1]], 1, 1
        for glyph in self.page.run(cell):
            cut = self.is_label(glyph) or (at is not None and glyph.left - at > widest)
            if cut:
                if len(token) > first:
                    yield own, first, token
                token, first, own = [], 0, 0
            if glyph.cell != cell.number and len(token) == first:
                return
            if not self.is_label(glyph):
                token.append(glyph)
                own += glyph.cell == cell.number
            at = glyph.right
        if len(token) > first:
            yield own, first, token
