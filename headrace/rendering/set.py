"""A set of rendered documents in a folder: the files, and truth.jsonl with a line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from headrace.errors import RenderingError
from headrace.rendering.files import SUFFIXES, is_turnable, stack, write
from headrace.rendering.layout import Layout, all_layouts
from headrace.rendering.render import Rendered, render
from headrace.rendering.truth import Truth

TRUTH = "truth.jsonl"


@dataclass(frozen=True)
class Order:
    """What a set shall hold: so many documents of these layouts in turn, from a seed, in these formats in turn."""

    count: int
    seed: int
    layouts: tuple[Layout, ...]
    effects: str = "clean"
    forms: tuple[str, ...] = ("jpeg",)


def usual_layouts(kinds: Sequence[str] = (), held_out: bool = False) -> tuple[Layout, ...]:
    """The layouts of these kinds (all kinds where empty); the held-out ones, or those that are not.

    Raises RenderingError where that leaves none.
    """
    found = tuple(
        layout
        for layout in all_layouts().values()
        if layout.is_held_out == held_out and (not kinds or layout.kind in kinds)
    )
    if not found:
        known = ", ".join(sorted({layout.kind for layout in all_layouts().values() if layout.is_held_out == held_out}))
        raise RenderingError(f"kind {', '.join(kinds)}: no layout shows it. Kinds: {known}")
    return found


def documents(order: Order) -> Iterator[tuple[str, str, Rendered]]:
    """The set's documents one by one: a file's name, its format, the document."""
    random = Random(f"set/{order.seed}")
    layouts: list[Layout] = []
    for place in range(order.count):
        if not layouts:
            layouts = random.sample(order.layouts, len(order.layouts))
        layout = layouts.pop()
        form = order.forms[place % len(order.forms)]
        seed = f"{order.seed}/{place}"
        rendered = render(layout, seed, effects=order.effects)
        if form in ("tiff", "pdf") and random.random() < 0.5:
            rendered = stack([rendered, render(layout, f"{seed}/second page", effects=order.effects)])
        if not is_turnable(form):
            rendered = _untold(rendered)
        yield f"{place:05d}-{layout.name}{SUFFIXES[form]}", form, rendered


def render_set(order: Order, folder: Path, on_document: Callable[[Truth], None] = lambda _: None) -> int:
    """Writes a set into a folder, which is made; returns how many bytes the files have.

    Raises RenderingError where the folder holds a set already: two sets in one folder would have one truth.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / TRUTH).exists():
        raise RenderingError(f"{folder / TRUTH}: there is a set already. Name another folder, or remove this one.")
    size = 0
    with (folder / TRUTH).open("w", encoding="utf-8") as truths:
        for name, form, rendered in documents(order):
            write(rendered, folder / name, form)
            truth = rendered.truth.model_copy(update={"file": name})
            truths.write(truth.model_dump_json() + "\n")
            size += (folder / name).stat().st_size
            on_document(truth)
    return size


def read_truths(folder: Path) -> list[Truth]:
    """The truths of a set, in the order of its files."""
    with (folder / TRUTH).open(encoding="utf-8") as truths:
        return [Truth.model_validate_json(line) for line in truths]


def _untold(rendered: Rendered) -> Rendered:
    """The document for a format without EXIF orientation."""
    effects = tuple(effect for effect in rendered.truth.effects if not effect.startswith("EXIF"))
    return Rendered(rendered.pages, rendered.truth.model_copy(update={"effects": effects}))
