"""The demo's documents: invoices in three groups, copies of some of them, greeting cards; rendered from a seed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from random import Random

from headrace.rendering.files import SUFFIXES, is_turnable, write
from headrace.rendering.layout import all_layouts, layout_named
from headrace.rendering.render import render
from headrace.rendering.truth import Truth

# As they come in practice: mostly JPEG. PNG and TIFF, which keep every grain of a photo, only of what was scanned.
SCANNED_FORMS = ("jpeg", "jpeg", "png", "jpeg", "jpeg", "pdf", "jpeg", "webp", "jpeg", "tiff")
PHOTO_FORMS = ("jpeg", "jpeg", "jpeg", "webp", "jpeg", "jpeg", "pdf")
# What two pictures of one invoice need to be known as such (sql: identified_invoices).
MIN_COPY_DISTANCE = 6


class Group(StrEnum):
    """What accuracy is measured by."""

    CLEAN = "clean scans"
    PHOTO = "photos"
    HELD_OUT = "held-out layouts"


@dataclass(frozen=True)
class DemoDocument:
    """One rendered document.

    Attributes:
        name: short and unique: its place among the documents.
        group: None for greeting cards, which have no fields.
        effects: what was done to it: clean, scan or photo.
        path: its file.
        truth: what it says.
        copy_of: the name of the document that shows the same invoice and was handed in before.
    """

    name: str
    group: Group | None
    effects: str
    path: Path
    truth: Truth
    copy_of: str | None = None


@dataclass(frozen=True)
class _Plan:
    group: Group | None
    layout: str
    kind: str
    seed: str
    effects: str
    form: str
    copy_of: int | None = None


def make_documents(
    folder: Path, count: int, copies: int, cards: int, seed: int, made: Callable[[DemoDocument], None] = lambda _: None
) -> list[DemoDocument]:
    """Renders documents into a folder, invoices in the order in which they are handed in, then cards.

    Args:
        folder: where the files go; it is made.
        count: how many invoices, copies not counted: 4 of 10 clean scans, 3 photos, 3 of held-out layouts.
        copies: how many of them are handed in again, in another picture.
        cards: how many greeting cards.
        seed: the same seed makes the same files.
        made: is told each one.
    """
    random = Random(f"demo documents {seed}")  # noqa: S311  (a demo, not a secret)
    folder.mkdir(parents=True, exist_ok=True)
    plans = [*_with_copies(_invoices(count, seed, random), copies, random), *_cards(cards, seed, random)]
    documents: list[DemoDocument] = []
    # Drawing is most of the demo's work before its first message: each core does its part.
    with ProcessPoolExecutor(os.cpu_count(), get_context("forkserver")) as pool:
        for number, (plan, (path, truth)) in enumerate(
            zip(plans, pool.map(_draw, plans, range(len(plans)), [folder] * len(plans)), strict=True)
        ):
            copy_of = None if plan.copy_of is None else documents[plan.copy_of].name
            documents.append(DemoDocument(_name(number), plan.group, plan.effects, path, truth, copy_of))
            made(documents[-1])
    return documents


def _name(number: int) -> str:
    return f"d{number:03d}"


FIRST_NAME = _name(0)


def _draw(plan: _Plan, number: int, folder: Path) -> tuple[Path, Truth]:
    """Renders one document into its file."""
    rendered = render(layout_named(plan.layout), plan.seed, effects=plan.effects)
    path = folder / f"{_name(number)}-{plan.layout}-{plan.effects}{SUFFIXES[plan.form]}"
    write(rendered, path, plan.form)
    effects = rendered.truth.effects
    if not is_turnable(plan.form):
        effects = tuple(effect for effect in effects if not effect.startswith("EXIF"))
    return path, rendered.truth.model_copy(update={"file": path.name, "effects": effects})


def _invoices(count: int, seed: int, random: Random) -> list[_Plan]:
    known = [layout for layout in all_layouts().values() if layout.kind != "greeting_card"]
    usual = [layout for layout in known if not layout.is_held_out]
    held_out = [layout for layout in known if layout.is_held_out]
    photos = count * 3 // 10
    groups = (
        (Group.CLEAN, usual, count - 2 * photos, ("clean", "scan"), SCANNED_FORMS),
        (Group.PHOTO, usual, photos, ("photo",), PHOTO_FORMS),
        (Group.HELD_OUT, held_out, photos, ("clean", "scan", "photo"), PHOTO_FORMS),
    )
    plans = [
        _Plan(
            group,
            layouts[number % len(layouts)].name,
            layouts[number % len(layouts)].kind,
            f"demo/{seed}/{group}/{number}",
            # Each layout meets each of the effects.
            effects[number // len(layouts) % len(effects)],
            forms[number % len(forms)],
        )
        for group, layouts, size, effects, forms in groups
        for number in range(size)
    ]
    random.shuffle(plans)
    return plans


def _with_copies(plans: Sequence[_Plan], copies: int, random: Random) -> list[_Plan]:
    """Copies put in between, each some documents behind the first picture of its invoice."""
    # A receipt has no number: nobody can know a second picture of it.
    able = [place for place, plan in enumerate(plans[: -2 * MIN_COPY_DISTANCE]) if plan.kind != "other"]
    behind: dict[int, int] = {}
    for place in random.sample(able, min(copies, len(able))):
        behind[place] = min(place + random.randint(MIN_COPY_DISTANCE, 3 * MIN_COPY_DISTANCE), len(plans) - 1)
    placed: list[_Plan] = []
    places: dict[int, int] = {}
    for place, plan in enumerate(plans):
        places[place] = len(placed)
        placed.append(plan)
        for first, after in behind.items():
            if after == place:
                again = plans[first]
                effects = "photo" if again.effects != "photo" else "scan"
                group = again.group
                if group is not Group.HELD_OUT:
                    group = Group.PHOTO if effects == "photo" else Group.CLEAN
                placed.append(_Plan(group, again.layout, again.kind, again.seed, effects, "jpeg", places[first]))
    return placed


def _cards(count: int, seed: int, random: Random) -> list[_Plan]:
    layouts = [layout for layout in all_layouts().values() if layout.kind == "greeting_card"]
    random.shuffle(layouts)
    return [
        _Plan(
            None,
            layouts[number % len(layouts)].name,
            "greeting_card",
            f"demo/{seed}/card/{number}",
            ("clean", "photo")[number % 2],
            "jpeg",
        )
        for number in range(count)
    ]
