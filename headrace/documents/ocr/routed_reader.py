"""What an SQL function calls: images in, the answers of the versions that serve out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from headrace.documents.images.limits import ImageLimits
from headrace.documents.ocr.image_reader import Image, ImageReader, ImageReading, digest
from headrace.documents.ocr.reading_cache import shared_cache
from headrace.inference.metrics import Forwarding, Metrics
from headrace.inference.version_gauges import show_version
from headrace.settings import ModelSettings

if TYPE_CHECKING:
    from headrace.documents.ocr.model import OcrModel
    from headrace.inference.loading import LoadedVersion
    from headrace.inference.ocr_manifest import OcrManifest
    from headrace.inference.served_model import ServedModel, Serving


class RoutedReader:
    """A served OCR model as a function of images, with the metrics of one caller.

    Where several versions serve, the image's digest says which one answers. Shadows of the route are loaded and not
    asked.

    Metrics beside those of `ImageReader` and `ServedModel`, with the labels `model` and `version`:
        model_serving_weight        gauge: the weight by which the version serves now; 0 when it does not (any more)
        model_load_milliseconds     gauge: how long the version took to load
    """

    def __init__(self, served: ServedModel[OcrModel], metrics: Metrics) -> None:
        """Use a served model; count into `metrics`, on the thread that calls `read`."""
        self._served = served
        self._metrics = metrics
        self._limits = ImageLimits.of(ModelSettings())
        self._events = Forwarding(served.events, metrics)
        self._readers: dict[int, tuple[LoadedVersion[OcrModel], ImageReader]] = {}
        self._shown: set[int] = set()
        self._serving = served.serving
        self._follow(self._serving)

    def read(self, images: Sequence[Image | None]) -> list[ImageReading | None]:
        """Read images, all by one route, even if it changes meanwhile; None for NULL."""
        serving = self._served.serving
        if serving is not self._serving:
            self._follow(serving)
        self._events.forward()
        if len(serving.route.serving) == 1:
            return self._readers[serving.route.version][1].read(images)
        found: list[ImageReading | None] = [None] * len(images)
        keys = ["" if image is None else digest(image).hex() for image in images]
        answered_by = serving.shares.assign(keys)
        for position, version in enumerate(serving.shares.versions):
            rows = np.flatnonzero(answered_by == position).tolist()
            if rows:
                for row, reading in zip(
                    rows, self._readers[version][1].read([images[row] for row in rows]), strict=True
                ):
                    found[row] = reading
        return found

    @property
    def version(self) -> str:
        """The version that serves most."""
        return str(self._serving.route.version)

    def _follow(self, serving: Serving[OcrModel]) -> None:
        """Make readers for what serves now, and let go of what does not."""
        before = self._readers
        self._serving = serving
        self._readers = {}
        for version in serving.route.serving:
            loaded = serving.versions[version]
            known = before.get(version)
            self._readers[version] = known if known and known[0] is loaded else (loaded, self._reader(loaded))
        for version in set(serving.versions) - self._shown:
            show_version(self._metrics, self._served.name, version, lambda: self._serving)
        self._shown |= set(serving.versions)

    def _reader(self, loaded: LoadedVersion[OcrModel]) -> ImageReader:
        manifest = cast("OcrManifest", loaded.manifest)  # what its task has loaded is of its task's manifest
        return ImageReader(manifest, loaded.model, self._metrics, self._limits, shared_cache)
