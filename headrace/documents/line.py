"""A line of text as it was read on an image."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
"""x to the right and y down, in pixels of the upright image."""

Box = tuple[Point, Point, Point, Point]
"""A quadrangle, clockwise from the text's top left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    Attributes:
        text: what was read, as the reader gave it; may have spaces anywhere.
        confidence: of the reader, in [0, 1].
        box: where the line stands.
    """

    text: str
    confidence: float
    box: Box
