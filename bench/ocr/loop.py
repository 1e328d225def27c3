"""The same model and rules in a bare Python loop, without Flink.

A process a run: `python -m bench.ocr.loop <file of URIs> <images at a time>`. The last line is JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from headrace.documents.fields.read import read_fields
from headrace.documents.images import ImageLimits, read_pages
from headrace.documents.ocr.model import OcrModel
from headrace.inference.manifest import ocr_manifest
from headrace.inference.repository import ModelRepository
from udf.image_function import MODEL


def run(files: list[Path], at_a_time: int, warm_up: int) -> dict[str, float]:
    """Read the files, so many at a time; the first ones are not measured."""
    repository = ModelRepository()
    version = repository.route(MODEL).version
    model = OcrModel(repository.version_folder(MODEL, version), ocr_manifest(repository.manifest(MODEL, version)))
    limits = ImageLimits()

    def read(some: list[Path]) -> None:
        pages = [read_pages(file.read_bytes(), limits) for file in some]
        lines = iter(model.read([page for own in pages for page in own]))
        for own in pages:
            for _ in own:
                read_fields(next(lines))

    def read_all(all_of_them: list[Path]) -> None:
        for start in range(0, len(all_of_them), at_a_time):
            read(all_of_them[start : start + at_a_time])

    read_all(files[:warm_up])
    seconds, core_seconds = time.perf_counter(), time.process_time()
    read_all(files[warm_up:])
    return {
        "images": len(files) - warm_up,
        "seconds": time.perf_counter() - seconds,
        "core_seconds": time.process_time() - core_seconds,
    }


def main() -> None:
    """Measure and print."""
    uris, at_a_time, warm_up = sys.argv[1:]
    files = [Path(urlsplit(uri).path) for uri in Path(uris).read_text(encoding="utf-8").split()]
    print(json.dumps(run(files, int(at_a_time), int(warm_up))))


if __name__ == "__main__":
    main()
