"""How a page lies, and lines cut out so that their text stands upright."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LONG = 2.0
"""A line that is so many times as long as high shows the direction of its text."""

# x to the right, y down; by quarter turns clockwise.
_DIRECTIONS = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)], dtype=np.float32)


def is_sideways(boxes: NDArray[np.float32]) -> bool:
    """Whether most of a page's text runs up or down.

    Args:
        boxes: quadrangles, [lines, 4, 2].
    """
    level = upright = 0.0
    for along, across in (_sides(box) for box in boxes):
        length, height = max(np.abs(along).max(), 1.0), max(np.abs(across).max(), 1.0)
        longer = along if np.hypot(*along) >= np.hypot(*across) else across
        if max(length, height) < _LONG * min(length, height):
            continue
        if abs(longer[0]) >= abs(longer[1]):
            level += float(np.hypot(*longer))
        else:
            upright += float(np.hypot(*longer))
    return upright > level


def turned(box: NDArray[np.float32], quarter_turns: int) -> NDArray[np.float32]:
    """A quadrangle, clockwise from the top left of a text that lies turned clockwise by so many quarters."""
    edges = np.roll(box, -1, axis=0) - box
    best = int(np.argmax(edges @ _DIRECTIONS[quarter_turns % 4] / np.maximum(np.hypot(edges[:, 0], edges[:, 1]), 1e-6)))
    return np.roll(box, -best, axis=0)


def cut_out(cropper: Any, page: NDArray[np.uint8], box: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The inside of a quadrangle, rectified; what is taller than 1.5 widths is turned on its side.

    Args:
        cropper: PaddleX's CropByPolys.
        page: RGB.
        box: clockwise from the text's top left.
    """
    crop: NDArray[np.uint8] = cropper.get_rotate_crop_image(page, np.ascontiguousarray(box, dtype=np.float32))
    return crop


def _sides(box: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return (box[1] - box[0] + box[2] - box[3]) / 2, (box[3] - box[0] + box[2] - box[1]) / 2
