"""What a document lies on when it is photographed: wood, cloth or a plain table."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from headrace.rendering.effects.picture import Pixels

_WOOD = ((150, 106, 66), (112, 74, 46), (186, 148, 104))
_PLAIN = ((70, 74, 80), (188, 184, 176), (96, 108, 118), (48, 50, 56), (214, 210, 204))


def desk(noise: np.random.Generator, width: int, height: int) -> Pixels:
    """A table's surface, height x width x 3."""
    if noise.random() < 0.5:
        colour = np.array(_WOOD[noise.integers(len(_WOOD))], np.float32)
        grain = cloud(noise, width, height, 3, 60) * 26 + cloud(noise, width, height, 6, 160) * 14
        grain += 8 * np.sin(cloud(noise, width, height, 2, 10) * 24)
    else:
        colour = np.array(_PLAIN[noise.integers(len(_PLAIN))], np.float32)
        grain = cloud(noise, width, height, 5, 4) * 12 + cloud(noise, width, height, width // 4, height // 4) * 10
    pixels: Pixels = np.clip(colour + grain[..., None], 0, 255).astype(np.uint8)
    return pixels


def cloud(noise: np.random.Generator, width: int, height: int, across: int, down: int) -> npt.NDArray[np.float32]:
    """Smooth noise from -1 to 1, height x width, with so many waves across and down."""
    coarse = noise.random((max(2, down), max(2, across)), np.float32) * 2 - 1
    smooth: npt.NDArray[np.float32] = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(
        np.float32
    )
    return smooth
