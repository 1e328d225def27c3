"""Where the lines of a page stand: PaddleOCR's detector (DB; Liao and others, AAAI 2020)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from headrace.documents.ocr.program import OcrProgram

STRIDE = 96
"""Both sides of the detector's input are padded to a multiple: few shapes, and of 32, which the program needs."""
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)


class Detector:
    """Finds quadrangles around lines."""

    def __init__(self, program: OcrProgram, limit: int, limit_type: str) -> None:
        """Use a program.

        Args:
            program: the detector's.
            limit: pixels of the side that `limit_type` names.
            limit_type: max: the longer side is scaled down to the limit; min: the shorter one up to it.
        """
        from paddlex.inference.models.text_detection.processors import DBPostProcess

        self._program = program
        self._limit = limit
        self._limit_type = limit_type
        self._boxes: Any = DBPostProcess(**program.post_processing)

    def detect(self, page: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The quadrangles of a page: [lines, 4 corners, x and y in pixels of the page].

        Args:
            page: RGB.
        """
        height, width = page.shape[:2]
        scale = self.scale(height, width)
        rows, columns = max(round(height * scale), 1), max(round(width * scale), 1)
        probabilities = self._program.run(_input(page, rows, columns))[:, :, :rows, :columns]
        boxes, _ = self._boxes([probabilities], [np.array([height, width, scale, scale])])
        return np.asarray(boxes[0], dtype=np.float32).reshape(-1, 4, 2)

    def scale(self, height: int, width: int) -> float:
        """By which a page of this size is scaled for the program."""
        if self._limit_type == "max":
            return min(self._limit / max(height, width), 1.0)
        return max(self._limit / min(height, width), 1.0)


def _input(page: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.float32]:
    import cv2

    height, width = page.shape[:2]
    # Area averaging keeps thin strokes where an image shrinks; between pixels it has nothing to say.
    way = cv2.INTER_AREA if rows < height else cv2.INTER_LINEAR
    scaled = page if (rows, columns) == (height, width) else cv2.resize(page, (columns, rows), interpolation=way)
    padded = np.zeros((1, 3, _multiple(rows), _multiple(columns)), dtype=np.float32)
    # PaddleOCR trains on blue, green, red with the means of red, green, blue.
    normal = (scaled[:, :, ::-1].astype(np.float32) / 255 - _MEAN) / _DEVIATION
    padded[0, :, :rows, :columns] = normal.transpose(2, 0, 1)
    return padded


def _multiple(length: int) -> int:
    return -(-length // STRIDE) * STRIDE
