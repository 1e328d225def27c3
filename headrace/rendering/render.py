"""Renders a document: content and layout from a seed, then effects; the same seed gives the same pixels."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from headrace.errors import RenderingError
from headrace.rendering.effects.picture import Picture
from headrace.rendering.effects.recipes import RECIPES
from headrace.rendering.layout import Layout
from headrace.rendering.truth import Truth


@dataclass(frozen=True)
class Rendered:
    """A document's pages and its truth.

    `orientation`: the EXIF orientation (1, 3, 6 or 8) with which its file is to be written, so that readers who
    ignore it see it turned.
    """

    pages: tuple[Picture, ...]
    truth: Truth
    orientation: int = 1


def render(
    layout: Layout, seed: int | str, case: str | None = None, effects: str = "clean", scale: float | None = None
) -> Rendered:
    """One document.

    `case`: of the layout's, drawn where None (the first one most often); `effects`: of RECIPES; `scale`: pixels a
    millimetre before effects, drawn around the layout's usual one where None. Raises RenderingError for names that
    there are not, and where a font is missing.
    """
    random = Random(f"{layout.name}/{seed}")
    if case is None:
        case = layout.cases[0] if random.random() < 0.4 else random.choice(layout.cases)
    elif case not in layout.cases:
        raise RenderingError(f"layout {layout.name}: no case {case}. Cases: {', '.join(layout.cases)}")
    if effects not in RECIPES:
        raise RenderingError(f"effects {effects}: there are no such effects. Effects: {', '.join(RECIPES)}")
    usual = layout.usual_scale * random.choice((1.0, 1.0, 1.15, 1.3))
    drawing = layout.draw(random, case, scale or usual)
    pages = tuple(RECIPES[effects](Picture.of(sheet), random) for sheet in drawing.sheets)
    orientation = random.choice((3, 6, 8)) if effects == "photo" and random.random() < 0.125 else 1
    applied = pages[0].effects + ((f"EXIF orientation {orientation}",) if orientation != 1 else ())
    truth = Truth(
        layout=layout.name,
        kind=layout.kind,
        case=case,
        effects=applied,
        invoice=drawing.invoice,
        card=drawing.card,
        pages=tuple(page.truth() for page in pages),
    )
    return Rendered(pages, truth, orientation)
