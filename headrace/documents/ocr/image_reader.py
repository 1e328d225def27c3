"""Answers batches of images: status and lines; a bad image or a failing model never stops a job."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from headrace.documents.images.errors import ImageError
from headrace.documents.images.status import ImageStatus
from headrace.documents.line import Line
from headrace.documents.ocr.reading_cache import ReadingCache
from headrace.inference.metrics import Histogram, Metrics
from headrace.logs.labels import about

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from headrace.documents.images.limits import ImageLimits
    from headrace.documents.ocr.model import OcrModel
    from headrace.inference.ocr_manifest import OcrManifest

logger = logging.getLogger(__name__)

Image = bytes | str
"""The bytes of a file, or a URI."""

RUN_PIXELS = 16_000_000
"""Pages of so many pixels together go to the model at once: more gain nothing on a CPU, and have to lie in memory."""

PAGES_BOUNDS = (1, 2, 4, 8, 16, 32)
SECONDS_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class ReadingStatus(StrEnum):
    """What became of an image that is one; for the others see `ImageStatus`."""

    OK = "ok"
    """There is text."""
    NO_TEXT = "no_text"
    """Nothing was read."""
    FAILED = "failed"
    """The model failed on the image; the worker's log has the error."""


@dataclass(frozen=True)
class ImageReading:
    """What was read on an image.

    Attributes:
        status: of ReadingStatus or ImageStatus.
        pages: of each page its lines in reading order.
        model_version: of the model that read, or would have read.
    """

    status: str
    pages: tuple[tuple[Line, ...], ...]
    model_version: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all pages."""
        return tuple(line for page in self.pages for line in page)


class ImageReader:
    """One version of an OCR model as a function of images.

    Metrics, each with the labels `model` and `version`:
        model_requests_total        calls of `read`
        model_rows_total{status}    images by status; `null` for NULL
        model_cache_hits_total      different images of a call whose result was known from an earlier one
        model_errors_total{error}   failed runs of the model by class of exception
        model_batch_rows            histogram of pages in a run of the model
        model_run_seconds           histogram of the time of a run
    """

    def __init__(
        self, manifest: OcrManifest, model: OcrModel, metrics: Metrics, limits: ImageLimits, cache: ReadingCache
    ) -> None:
        """Make a reader.

        Args:
            manifest: says name and version.
            model: reads pages.
            metrics: where to count.
            limits: what an image may cost, and where it may be from.
            cache: keeps results of recent images, for all functions of the process.
        """
        self._model = model
        self._metrics = metrics
        self._limits = limits
        self._cache = cache
        self._version = str(manifest.version)
        self._labels = {"model": manifest.name, "version": self._version}
        self._requests = metrics.counter("model_requests_total", **self._labels)
        self._rows = {
            status: metrics.counter("model_rows_total", **self._labels, status=status)
            for status in ("null", *ReadingStatus, *ImageStatus)
        }
        self._cache_hits = metrics.counter("model_cache_hits_total", **self._labels)
        self._batch_rows = Histogram(metrics, "model_batch_rows", PAGES_BOUNDS, **self._labels)
        self._run_seconds = Histogram(metrics, "model_run_seconds", SECONDS_BOUNDS, **self._labels)

    def read(self, images: Sequence[Image | None]) -> list[ImageReading | None]:
        """Read images; equal ones reach the model once.

        Never raises because of an image or of the model: such images get a status.
        """
        self._requests.inc()
        keys = [None if image is None else digest(image) for image in images]
        known: dict[bytes, ImageReading] = {}
        unknown: dict[bytes, Image] = {}
        for key, image in zip(keys, images, strict=True):
            if key is None or image is None or key in known or key in unknown:
                continue
            cached = self._cache.get(self._labels["model"], self._version, key)
            if cached is None:
                unknown[key] = image
            else:
                known[key] = cached
        self._cache_hits.inc(len(known))
        for key, reading in self._read(unknown):
            known[key] = reading
            # What failed may succeed when it is tried again: a storage that did not answer, say.
            if reading.status in (ReadingStatus.OK, ReadingStatus.NO_TEXT):
                self._cache.put(self._labels["model"], self._version, key, reading)
        found = [None if key is None else known[key] for key in keys]
        for status, count in Tally("null" if reading is None else reading.status for reading in found).items():
            self._rows[status].inc(count)
        return found

    def _read(self, images: dict[bytes, Image]) -> Iterator[tuple[bytes, ImageReading]]:
        waiting: list[tuple[bytes, list[NDArray[np.uint8]]]] = []
        pixels = 0
        for key, image in images.items():
            pages = self._pages(image)
            if isinstance(pages, str):
                yield key, ImageReading(pages, (), self._version)
                continue
            size = sum(page.shape[0] * page.shape[1] for page in pages)
            if waiting and pixels + size > RUN_PIXELS:
                yield from self._run(waiting)
                waiting, pixels = [], 0
            waiting.append((key, pages))
            pixels += size
        if waiting:
            yield from self._run(waiting)

    def _pages(self, image: Image) -> list[NDArray[np.uint8]] | str:
        """An image's pages, or why it has none."""
        from headrace.documents.images.reading import read_pages

        try:
            return read_pages(image, self._limits)
        except ImageError as error:
            logger.info("%s", error, extra=about(**self._labels))
            return error.status
        except Exception as error:  # a decoder's surprise must not end the job
            self._count(error)
            logger.exception("an image cannot be decoded", extra=about(**self._labels))
            return ReadingStatus.FAILED

    def _run(self, images: Sequence[tuple[bytes, list[NDArray[np.uint8]]]]) -> Iterator[tuple[bytes, ImageReading]]:
        """Read pages of several images at once; where that fails, each image for itself."""
        pages = [page for _, own in images for page in own]
        self._batch_rows.observe(len(pages))
        started = time.perf_counter()
        try:
            lines = iter(self._model.read(pages))
        except Exception as error:
            self._count(error)
            if len(images) > 1:
                for image in images:
                    yield from self._run([image])
                return
            logger.exception(
                "model %s version %s: failed on an image", *self._labels.values(), extra=about(**self._labels)
            )
            yield images[0][0], ImageReading(ReadingStatus.FAILED, (), self._version)
            return
        finally:
            self._run_seconds.observe(time.perf_counter() - started)
        for key, own in images:
            found = tuple(tuple(next(lines)) for _ in own)
            status = ReadingStatus.OK if any(found) else ReadingStatus.NO_TEXT
            yield key, ImageReading(status, found, self._version)

    def _count(self, error: Exception) -> None:
        self._metrics.counter("model_errors_total", **self._labels, error=type(error).__name__).inc()


def digest(image: Image) -> bytes:
    """SHA-256 of an image's bytes, or of its URI."""
    if isinstance(image, str):
        return hashlib.sha256(b"uri\0" + image.encode("utf-8", errors="surrogatepass")).digest()
    return hashlib.sha256(b"bytes\0" + image).digest()
