"""Results of recent images: several functions over one image of a query read it once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headrace.documents.ocr.image_reader import ImageReading

ENTRIES = 128
SECONDS = 30.0
"""A URI may lead to another image later: a result lives for the batches of one moment, no longer."""


class ReadingCache:
    """The last results by model, version and the image's digest, for some seconds. Any thread may use it."""

    def __init__(
        self, entries: int = ENTRIES, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep at most `entries` results, each at most `seconds` by `clock`."""
        self._entries = entries
        self._seconds = seconds
        self._clock = clock
        self._readings: OrderedDict[tuple[str, str, bytes], tuple[float, ImageReading]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, model: str, version: str, digest: bytes) -> ImageReading | None:
        """A known result."""
        with self._lock:
            found = self._readings.get((model, version, digest))
            if found is None or found[0] + self._seconds < self._clock():
                return None
            return found[1]

    def put(self, model: str, version: str, digest: bytes, reading: ImageReading) -> None:
        """Keep a result; the oldest one makes room."""
        with self._lock:
            self._readings[model, version, digest] = self._clock(), reading
            self._readings.move_to_end((model, version, digest))
            while len(self._readings) > self._entries:
                self._readings.popitem(last=False)


shared_cache = ReadingCache()
"""Of this process."""
