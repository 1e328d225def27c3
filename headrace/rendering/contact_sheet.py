"""A page to look at a set: every image with its boxes, and the truth beside it."""

from __future__ import annotations

import html
from pathlib import Path

from PIL import Image, ImageOps

from headrace.rendering.set import read_truths
from headrace.rendering.truth import PageTruth, Truth

_STYLE = """
body { font: 14px sans-serif; margin: 1.5em; background: #f4f4f2; color: #222 }
article { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 1em; margin-bottom: 1.5em;
  background: #fff; padding: 1em; border-radius: 6px }
figure { position: relative; margin: 0 } img { width: 100%; display: block }
svg { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0 } figure:hover svg { opacity: 1 }
polygon { fill: #0aa0ff22; stroke: #0af; vector-effect: non-scaling-stroke } polygon.field { stroke: #f0f; fill: #f0f2 }
dl { display: grid; grid-template-columns: auto 1fr; gap: .2em 1em; margin: 0 } dt { color: #777 } dd { margin: 0 }
h2 { font-size: 1em; margin: 0 0 .6em }
"""
# Browsers show neither TIFF nor PDF as images.
_SHOWN = (".jpg", ".png", ".webp")


def write_contact_sheet(folder: Path, width: int = 900) -> Path:
    """Writes contact-sheet.html into the folder of a set, with thumbnails `width` pixels wide at the most.

    Point at an image to see the boxes; point at a box to see its text.
    """
    thumbnails = folder / "thumbnails"
    thumbnails.mkdir(exist_ok=True)
    truths = read_truths(folder)
    articles = [_article(folder, thumbnails, truth, width) for truth in truths]
    page = folder / "contact-sheet.html"
    page.write_text(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{len(truths)} documents</title>'
        f"<style>{_STYLE}</style><h1>{len(truths)} documents</h1>{''.join(articles)}</html>\n",
        encoding="utf-8",
    )
    return page


def _article(folder: Path, thumbnails: Path, truth: Truth, width: int) -> str:
    picture = f"<p>{html.escape(truth.file)}</p>"
    if truth.file.endswith(_SHOWN):
        with Image.open(folder / truth.file) as image:
            small = ImageOps.exif_transpose(image).convert("RGB")
            small.thumbnail((width, width * 2))
            small.save(thumbnails / f"{truth.file}.jpg", quality=80)
        boxes = _boxes(truth.pages[0])
        picture = f'<figure><img src="thumbnails/{truth.file}.jpg" loading="lazy" alt="">{boxes}</figure>'
    told = (truth.invoice or truth.card or truth).model_dump(exclude_none=True, mode="json", exclude={"pages"})
    rows = {**told, "case": truth.case, "effects": ", ".join(truth.effects) or "none"}
    fields = "".join(f"<dt>{name}</dt><dd>{html.escape(str(value))}</dd>" for name, value in rows.items())
    title = html.escape(f"{truth.file} · {truth.kind}")
    return f"<article>{picture}<div><h2>{title}</h2><dl>{fields}</dl></div></article>"


def _boxes(page: PageTruth) -> str:
    polygons = "".join(
        f'<polygon class="{"field" if line.field else ""}" '
        f'points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in line.box)}">'
        f"<title>{html.escape(line.text)}</title></polygon>"
        for line in page.lines
    )
    return f'<svg viewBox="0 0 {page.width} {page.height}" preserveAspectRatio="none">{polygons}</svg>'
