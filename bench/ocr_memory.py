"""Measures the memory of an OCR worker over images of mixed sizes, bad files and a 20-megapixel photo among them.

The documents are rendered, and scaled to sizes that differ each time: what a program keeps by the size of its input
shows. `ratio` is the largest memory over the last half of the images to that of the first half: 1 when it is bounded.

    make bench-ocr-memory [COUNT=1000]
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections import Counter
from random import Random
from typing import cast

import psutil
from PIL import Image

from headrace.documents.images import ImageLimits
from headrace.documents.ocr.image_reader import ImageReader
from headrace.documents.ocr.model import OcrModel
from headrace.documents.ocr.reading_cache import ReadingCache
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.ocr_manifest import OcrManifest
from headrace.inference.repository import ModelRepository
from headrace.rendering.bad_files import BAD_FILES, large_photo
from headrace.rendering.layout import layout_named
from headrace.rendering.render import render

LAYOUTS = ("railway_e_ticket", "receipt", "digital_invoice", "note_card", "special_vat_invoice")
SIDES = (300, 3000)
EVERY = 20
"""A bad file and the large photo come once in so many images."""


def main() -> None:
    """Read images one by one, as they come at one a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many images")
    count = parser.parse_args().count
    random = Random(7)  # noqa: S311  (sizes, no secrets)
    pages = [Image.fromarray(render(layout_named(name), 7, effects="scan").pages[0].pixels) for name in LAYOUTS]
    usual = [page.convert("RGB") for page in pages]
    photo, bad = large_photo(), [made() for made in BAD_FILES.values()]
    model = OcrModel(
        ModelRepository().version_folder("ocr", 1), cast(OcrManifest, ModelRepository().manifest("ocr", 1))
    )
    reader = ImageReader(
        cast(OcrManifest, ModelRepository().manifest("ocr", 1)), model, MemoryMetrics(), ImageLimits(), ReadingCache(0)
    )
    process = psutil.Process()
    at_start = process.memory_info().rss
    used: list[int] = []
    statuses: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(count):
        if number % EVERY == EVERY - 1:
            image = photo
        elif number % EVERY == EVERY // 2:
            image = bad[number // EVERY % len(bad)]
        else:
            image = _scaled(random.choice(usual), random)
        [reading] = reader.read([image])
        statuses[reading.status if reading else "null"] += 1
        used.append(process.memory_info().rss)
        if number % EVERY == EVERY - 1:
            print(f"{number + 1} images: {used[-1] / 1e6:.0f} MB, {time.monotonic() - started:.0f} s", flush=True)
    half = max(len(used) // 2, 1)
    result = {
        "bench": "ocr-memory",
        "images": count,
        "statuses": dict(statuses),
        "start_mb": round(at_start / 1e6),
        "largest_mb": round(max(used) / 1e6),
        "last_mb": round(used[-1] / 1e6),
        "ratio": round(max(used[half:]) / max(used[:half]), 3),
    }
    print(json.dumps(result))


def _scaled(page: Image.Image, random: Random) -> bytes:
    """A page with a longer side of some length, as JPEG."""
    scale = random.uniform(*SIDES) / max(page.size)
    size = round(page.width * scale), round(page.height * scale)
    packed = io.BytesIO()
    page.resize(size, Image.Resampling.BILINEAR).save(packed, "JPEG", quality=85)
    return packed.getvalue()


if __name__ == "__main__":
    main()
