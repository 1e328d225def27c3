"""An OCR model: pages in, lines of text out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headrace.documents.line import Box, Line
from headrace.documents.ocr.detection import Detector
from headrace.documents.ocr.orientation import cut_out, is_sideways, turned
from headrace.documents.ocr.program import load_program
from headrace.documents.ocr.reading_order import in_reading_order
from headrace.documents.ocr.recognition import Reading, Recognizer, shapes

if TYPE_CHECKING:
    from headrace.inference.ocr_manifest import OcrManifest
    from headrace.settings import ModelSettings

SAMPLE = 6
"""So many lines show whether a page stands upright or on its head."""
CLEAR = 0.9
"""Their mean confidence from which nobody asks whether the other way round were better."""


@dataclass
class _PageLines:
    """The lines of a page while they are read."""

    page: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    quarter_turns: int
    crops: list[NDArray[np.uint8]]
    sample: list[int]
    readings: dict[int, Reading] = field(default_factory=dict)


class OcrModel:
    """PaddleOCR's two programs in this process. One thread at a time may use it."""

    def __init__(self, folder: Path, manifest: OcrManifest, settings: ModelSettings | None = None) -> None:
        """Load both programs.

        Args:
            folder: has the files that the manifest names.
            manifest: what the model is.
            settings: device and threads; by default from the environment.

        Raises:
            PredictorError: Paddle does not load a program.
        """
        import cv2
        from paddlex.inference.pipelines.components.common.crop_image_regions import CropByPolys

        from headrace.settings import ModelSettings

        cv2.setNumThreads(1)  # Flink brings parallelism by subtasks
        own = settings or ModelSettings()
        detection, recognition = manifest.detection, manifest.recognition
        self._detector = Detector(load_program(folder, detection, own), detection.limit_side_len, detection.limit_type)
        self._recognizer = Recognizer(
            # Only the recogniser: Paddle cannot run the detector in bfloat16.
            load_program(folder, recognition, own, len(shapes(recognition.batch_size)), own.ocr_bfloat16),
            recognition.image_height,
            recognition.batch_size,
        )
        self._cropper = CropByPolys()

    def read(self, pages: Sequence[NDArray[np.uint8]]) -> list[list[Line]]:
        """Read pages; the lines of all go through the recogniser together.

        Args:
            pages: RGB, [height, width, 3], C-contiguous. Text may run in any of the four directions.

        Returns:
            Of each page its lines in reading order, boxes in pixels of the page as it was given.
        """
        found = self._heads_up([self._detect(page) for page in pages])
        self._recognize(found, [range(len(lines.boxes)) for lines in found])
        return [in_reading_order(_lines(lines), lines.quarter_turns) for lines in found]

    def _detect(self, page: NDArray[np.uint8]) -> _PageLines:
        boxes = self._detector.detect(page)
        return self._cut(page, boxes, 1 if is_sideways(boxes) else 0)

    def _turned_over(self, lines: _PageLines) -> _PageLines:
        return self._cut(lines.page, lines.boxes, (lines.quarter_turns + 2) % 4)

    def _cut(self, page: NDArray[np.uint8], boxes: NDArray[np.float32], quarter_turns: int) -> _PageLines:
        placed = [turned(box, quarter_turns) for box in boxes]
        crops = [cut_out(self._cropper, page, box) for box in placed]
        return _PageLines(
            page, np.array(placed, dtype=np.float32).reshape(-1, 4, 2), quarter_turns, crops, _sample(crops)
        )

    def _heads_up(self, found: Sequence[_PageLines]) -> list[_PageLines]:
        """Turn pages that lie on their heads: a few lines of each are read, and doubtful ones the other way too."""
        self._recognize(found, [lines.sample for lines in found])
        doubtful = [lines for lines in found if lines.sample and _clarity(lines) < CLEAR]
        other_way = [self._turned_over(lines) for lines in doubtful]
        self._recognize(other_way, [lines.sample for lines in other_way])
        better = {
            id(lines): other
            for lines, other in zip(doubtful, other_way, strict=True)
            if _clarity(other) > _clarity(lines)
        }
        return [better.get(id(lines), lines) for lines in found]

    def _recognize(self, found: Sequence[_PageLines], wanted: Sequence[Sequence[int]]) -> None:
        """Read the wanted lines of each page that were not read yet."""
        places = [
            (lines, number)
            for lines, numbers in zip(found, wanted, strict=True)
            for number in numbers
            if number not in lines.readings
        ]
        readings = self._recognizer.read([lines.crops[number] for lines, number in places])
        for (lines, number), reading in zip(places, readings, strict=True):
            lines.readings[number] = reading


def _sample(crops: Sequence[NDArray[np.uint8]]) -> list[int]:
    """Lines of some length, but not so long that they cost much."""
    lengths = [crop.shape[1] / crop.shape[0] for crop in crops]
    return sorted(range(len(crops)), key=lambda number: abs(lengths[number] - 6))[:SAMPLE]


def _clarity(lines: _PageLines) -> float:
    return sum(lines.readings[number].confidence for number in lines.sample) / len(lines.sample)


def _lines(lines: _PageLines) -> list[Line]:
    return [
        Line(reading.text, reading.confidence, _box(lines.boxes[number]))
        for number, reading in sorted(lines.readings.items())
        if reading.text.strip()
    ]


def _box(corners: NDArray[np.float32]) -> Box:
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d
