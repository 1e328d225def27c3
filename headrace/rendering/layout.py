"""Layouts by name: one module a layout, in layouts/ and held_out/."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from headrace.errors import RenderingError
from headrace.rendering import held_out, layouts
from headrace.rendering.sheet import Sheet
from headrace.rendering.truth import CardText, InvoiceFields, Kind


@dataclass(frozen=True)
class Drawing:
    """A drawn document: its sheets (pages), and what it says."""

    sheets: tuple[Sheet, ...]
    invoice: InvoiceFields | None = None
    card: CardText | None = None


@dataclass(frozen=True)
class Layout:
    """One way a kind of document looks.

    `draw(random, case, scale)` draws one document: `random` decides all that may differ, `case` is one of `cases`,
    `scale` is in pixels a millimetre. `usual_scale`: at which such a document is usually scanned.
    """

    kind: Kind
    draw: Callable[[Random, str, float], Drawing]
    cases: tuple[str, ...]
    usual_scale: float = 6.0
    name: str = field(default="")
    is_held_out: bool = False


@lru_cache(maxsize=1)
def all_layouts() -> dict[str, Layout]:
    """Every layout by its name, the held-out ones too, in the order of their names."""
    found: dict[str, Layout] = {}
    for package in (layouts, held_out):
        for module in pkgutil.iter_modules(package.__path__):
            made: Layout = importlib.import_module(f"{package.__name__}.{module.name}").LAYOUT
            found[module.name] = Layout(
                made.kind, made.draw, made.cases, made.usual_scale, module.name, package is held_out
            )
    return dict(sorted(found.items()))


def layout_named(name: str) -> Layout:
    """The layout of this name. Raises RenderingError where there is none."""
    known = all_layouts()
    if name not in known:
        raise RenderingError(f"layout {name}: there is no such layout. Layouts: {', '.join(known)}")
    return known[name]
