"""Batches of images: statuses, counts, and what a failing model does."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from headrace.documents.images import ImageLimits
from headrace.documents.line import Line
from headrace.documents.ocr.image_reader import ImageReader
from headrace.documents.ocr.model import OcrModel
from headrace.documents.ocr.reading_cache import ReadingCache
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.ocr_manifest import OcrManifest
from headrace.rendering.bad_files import BAD_FILES

Page = NDArray[np.uint8]


def png(page: Page) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(page).save(stream, format="PNG")
    return stream.getvalue()


@pytest.fixture
def metrics() -> MemoryMetrics:
    return MemoryMetrics()


def reader(
    manifest: OcrManifest, model: object, metrics: MemoryMetrics, cache: ReadingCache | None = None
) -> ImageReader:
    return ImageReader(manifest, model, metrics, ImageLimits(), cache or ReadingCache())  # type: ignore[arg-type]


def test_bytes_and_uris_good_and_bad(
    manifest: OcrManifest, model: OcrModel, metrics: MemoryMetrics, ticket: Page
) -> None:
    image = png(ticket)
    uri = "data:image/png;base64," + base64.b64encode(image).decode()
    blank = png(np.full((80, 120, 3), 255, dtype=np.uint8))
    readings = reader(manifest, model, metrics).read([image, None, b"", uri, blank, "file:///etc/passwd", image[:2000]])
    statuses = [None if reading is None else reading.status for reading in readings]
    assert statuses == ["ok", None, "empty", "ok", "no_text", "uri_not_allowed", "truncated"]
    assert readings[0] is not None
    assert readings[3] is not None
    assert readings[0].pages == readings[3].pages
    assert len(readings[0].lines) > 5
    assert {reading.model_version for reading in readings if reading} == {"1"}
    for status, count in (("ok", 2), ("null", 1), ("empty", 1), ("no_text", 1), ("truncated", 1)):
        assert metrics.value("model_rows_total", model="ocr", version="1", status=status) == count


def test_no_bad_file_raises(manifest: OcrManifest, model: OcrModel, metrics: MemoryMetrics) -> None:
    names = [name for name in BAD_FILES if not name.startswith("animated")]
    readings = reader(manifest, model, metrics).read([BAD_FILES[name]() for name in names])
    statuses = {name: reading.status if reading else None for name, reading in zip(names, readings, strict=True)}
    assert not {name: status for name, status in statuses.items() if status in (None, "ok", "failed")}


class Model:
    """Fails on pages of one width; on others reads their width."""

    def __init__(self) -> None:
        self.runs: list[int] = []

    def read(self, pages: Sequence[Page]) -> list[list[Line]]:
        self.runs.append(len(pages))
        if any(page.shape[1] == 13 for page in pages):
            raise RuntimeError("cannot read")
        return [[Line(str(page.shape[1]), 0.5, ((0, 0),) * 4)] for page in pages]


def images(*widths: int) -> list[bytes]:
    return [png(np.zeros((20, width, 3), dtype=np.uint8)) for width in widths]


def test_an_image_that_the_model_fails_on_does_not_harm_the_others(
    manifest: OcrManifest, metrics: MemoryMetrics
) -> None:
    readings = reader(manifest, Model(), metrics).read(images(40, 13, 50))
    assert [reading.status for reading in readings if reading] == ["ok", "failed", "ok"]
    assert [reading.lines[0].text for reading in readings if reading and reading.lines] == ["40", "50"]
    assert metrics.value("model_errors_total", model="ocr", version="1", error="RuntimeError") == 2


def test_functions_that_share_a_cache_read_an_image_once(manifest: OcrManifest, metrics: MemoryMetrics) -> None:
    model, cache = Model(), ReadingCache()
    first, second = (reader(manifest, model, metrics, cache) for _ in range(2))
    [image, other] = images(40, 50)
    assert first.read([image, image]) == second.read([image, image])
    second.read([image, other])
    assert model.runs == [1, 1]
    assert metrics.value("model_cache_hits_total", model="ocr", version="1") == 2


def test_a_failure_is_tried_again(manifest: OcrManifest, metrics: MemoryMetrics) -> None:
    model = Model()
    failing = reader(manifest, model, metrics)
    failing.read(images(13))
    failing.read(images(13))
    assert model.runs == [1, 1]


def test_many_large_pages_go_to_the_model_in_parts(manifest: OcrManifest, metrics: MemoryMetrics) -> None:
    model = Model()
    pages = [png(np.full((2000, 2500, 3), shade, dtype=np.uint8)) for shade in range(5)]
    reader(manifest, model, metrics).read(pages)
    assert model.runs == [3, 2]
