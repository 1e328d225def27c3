"""Widths of lines: few shapes, none too narrow."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headrace.documents.ocr.recognition import RUN_PIXELS, WIDEST, Reading, Recognizer, bucket, shapes


def test_a_bucket_holds_its_lines_and_there_are_few() -> None:
    buckets = [bucket(width) for width in range(1, WIDEST + 1)]
    assert all(width <= padded for width, padded in enumerate(buckets, start=1))
    assert buckets == sorted(buckets)
    assert len(set(buckets)) <= 24
    assert bucket(WIDEST) == WIDEST


def test_runs_have_only_the_shapes_that_are_kept() -> None:
    runs: list[tuple[int, int]] = []

    def run(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        runs.append((batch.shape[0], batch.shape[3]))
        return np.zeros((batch.shape[0], 1, 3), np.float32)

    program: Any = SimpleNamespace(run=run, post_processing={"character_dict": ["a"]})
    widths = [*[60] * 15, *[300] * 7, *[600] * 3, 1000, 1000, 3000]
    crops = [np.zeros((48, width, 3), np.uint8) for width in widths]
    readings = Recognizer(program, 48, 8).read(crops)
    assert len(readings) == len(widths)
    assert all(isinstance(reading, Reading) for reading in readings)
    assert set(runs) <= set(shapes(8))
    assert sum(lines for lines, _ in runs) == len(widths)
    assert [lines for lines, width in runs if width == bucket(60)] == [8, 4, 2, 1]
    assert all(lines == 1 or lines * width <= RUN_PIXELS for lines, width in shapes(8))
    assert len(shapes(8)) <= 48
