"""The documents that are read: invoices of about 1200 x 800 pixels, scans and photographs in turn, from a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from headrace.rendering.files import write
from headrace.rendering.render import render
from headrace.rendering.set import TRUTH, read_truths, usual_layouts
from headrace.rendering.truth import Truth
from headrace.settings import settings

KINDS = ("special_vat_invoice", "ordinary_vat_invoice", "electronic_vat_invoice", "digital_invoice")
EFFECTS = ("scan", "photo")
WIDTH = 1200
SEED = 7


@dataclass(frozen=True)
class Image:
    """A rendered document: its file, and what stands on it."""

    path: Path
    truth: Truth

    @property
    def lines(self) -> int:
        """Printed lines of text."""
        return sum(len(page.lines) for page in self.truth.pages)

    @property
    def megapixels(self) -> float:
        """Of all pages."""
        return sum(page.width * page.height for page in self.truth.pages) / 1e6


def images(count: int, say: Callable[[str], None]) -> list[Image]:
    """The first so many documents; what was rendered once is kept."""
    folder = settings().home / "bench" / "ocr"
    done = read_truths(folder) if (folder / TRUTH).exists() else []
    if len(done) < count:
        say(f"rendering {count - len(done)} documents …")
        folder.mkdir(parents=True, exist_ok=True)
    layouts = usual_layouts(KINDS)
    with (folder / TRUTH).open("a", encoding="utf-8") as truths:
        for place in range(len(done), count):
            layout = layouts[place // len(EFFECTS) % len(layouts)]
            effects = EFFECTS[place % len(EFFECTS)]
            sheet = layout.draw(Random(SEED), layout.cases[0], 1.0).sheets[0]  # noqa: S311
            rendered = render(layout, f"bench/{SEED}/{place}", effects=effects, scale=WIDTH / sheet.image.width)
            name = f"{place:03d}-{layout.name}-{effects}.jpg"
            write(rendered, folder / name, "jpeg")
            done.append(rendered.truth.model_copy(update={"file": name}))
            truths.write(done[-1].model_dump_json() + "\n")
            truths.flush()
    return [Image(folder / truth.file, truth) for truth in done[:count]]


def described(found: Sequence[Image]) -> dict[str, object]:
    """Figures of a set."""
    return {
        "images": len(found),
        "lines_per_image": round(sum(image.lines for image in found) / len(found), 1),
        "megapixels_per_image": round(sum(image.megapixels for image in found) / len(found), 2),
    }
