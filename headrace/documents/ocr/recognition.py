"""What stands on a line: PaddleOCR's recogniser (CTC)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headrace.documents.ocr.program import OcrProgram

NARROWEST = 64
WIDEST = 3200
"""A line is squeezed only where it is longer; PaddleOCR's own limit."""
RUN_PIXELS = 1280
"""So many columns at most go into one run: on one core larger batches are no faster, and take more memory."""


class Reading(NamedTuple):
    """A line's text, and the mean probability of its characters."""

    text: str
    confidence: float


class Recognizer:
    """Reads lines that were cut out."""

    def __init__(self, program: OcrProgram, height: int, batch_size: int) -> None:
        """Use a program.

        Args:
            program: the recogniser's.
            height: pixels to which lines are scaled.
            batch_size: lines in one run, at most.
        """
        from paddlex.inference.models.text_recognition.processors import CTCLabelDecode

        self._program = program
        self._height = height
        self._batch_size = batch_size
        self._decode: Any = CTCLabelDecode(program.post_processing["character_dict"])

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> list[Reading]:
        """Read lines, of whatever pages, in batches of like widths.

        Args:
            crops: RGB, the text upright.
        """
        found = [Reading("", 0.0)] * len(crops)
        widths = [self._width(crop) for crop in crops]
        for width, members in _batches(widths, self._batch_size):
            batch = np.zeros((len(members), 3, self._height, width), dtype=np.float32)
            for row, member in enumerate(members):
                self._fill(batch[row], crops[member])
            texts, confidences = self._decode([self._program.run(batch)])
            for member, text, confidence in zip(members, texts, confidences, strict=True):
                found[member] = Reading(text, float(confidence))
        return found

    def _width(self, crop: NDArray[np.uint8]) -> int:
        rows, columns = crop.shape[:2]
        width: int = math.ceil(self._height * columns / rows)
        return min(max(width, 1), WIDEST)

    def _fill(self, row: NDArray[np.float32], crop: NDArray[np.uint8]) -> None:
        import cv2

        width = self._width(crop)
        scaled = cv2.resize(crop, (width, self._height))
        row[:, :, :width] = scaled[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1


def bucket(width: int) -> int:
    """The width to which a line is padded: one of 24, so that the program meets few shapes."""
    for up_to, step in ((320, 32), (640, 64), (1280, 160), (WIDEST, 640)):
        if width <= up_to:
            return max(-(-width // step) * step, NARROWEST)
    return WIDEST


def _batches(widths: Sequence[int], batch_size: int) -> Iterator[tuple[int, list[int]]]:
    """Lines of one bucket together: its width, and the positions of the lines."""
    by_bucket: dict[int, list[int]] = {}
    for position, width in enumerate(widths):
        by_bucket.setdefault(bucket(width), []).append(position)
    for width, members in sorted(by_bucket.items()):
        size = max(min(batch_size, RUN_PIXELS // width), 1)
        for start in range(0, len(members), size):
            yield width, members[start : start + size]
