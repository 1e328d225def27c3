"""A page as pixels, with its printed lines, which go wherever the pixels go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from headrace.rendering.sheet import Sheet
from headrace.rendering.truth import PageTruth, PrintedLine

Pixels = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]
Turn = Literal[0, 90, 180, 270]


@dataclass(frozen=True)
class Picture:
    """`pixels`: height x width x 3, RGB. `turned`: degrees clockwise. `effects`: what was done."""

    pixels: Pixels
    lines: tuple[PrintedLine, ...]
    turned: Turn = 0
    effects: tuple[str, ...] = ()

    @staticmethod
    def of(sheet: Sheet) -> Picture:
        return Picture(np.asarray(sheet.image), tuple(sheet.lines))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def repainted(self, pixels: npt.NDArray[np.generic], effect: str) -> Picture:
        """The same geometry with other pixels (clipped to 0..255)."""
        clipped = np.clip(pixels, 0, 255).astype(np.uint8)
        return replace(self, pixels=clipped, effects=(*self.effects, effect))

    def warped(self, matrix: Matrix, ground: Pixels, effect: str) -> Picture:
        """Laid onto a ground (of the new size) by a homography, and its lines with it."""
        size = (ground.shape[1], ground.shape[0])
        laid = cv2.warpPerspective(self.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        whole = np.full(self.pixels.shape[:2], 255, np.uint8)
        cover = cv2.warpPerspective(whole, matrix, size, flags=cv2.INTER_LINEAR)[..., None].astype(np.float32) / 255
        pixels = laid * cover + ground * (1 - cover)
        return replace(self.repainted(pixels, effect), lines=tuple(_moved(line, matrix) for line in self.lines))

    def resized(self, factor: float, effect: str) -> Picture:
        """Smaller (or larger) by a factor."""
        width, height = (max(1, round(side * factor)) for side in self.size)
        pixels = cv2.resize(
            self.pixels, (width, height), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        )
        matrix = np.diag([width / self.size[0], height / self.size[1], 1.0])
        return replace(self.repainted(pixels, effect), lines=tuple(_moved(line, matrix) for line in self.lines))

    def quarter_turns(self, turn: Turn) -> Picture:
        """Turned clockwise by a multiple of 90 degrees."""
        page = self.truth()
        for _ in range(turn // 90):
            page = page.quarter_turn()
        pixels = np.ascontiguousarray(np.rot90(self.pixels, -turn // 90))
        effects = (*self.effects, f"turned by {turn}") if turn else self.effects
        return Picture(pixels, page.lines, page.turned, effects)

    def truth(self) -> PageTruth:
        width, height = self.size
        return PageTruth(width=width, height=height, turned=self.turned, lines=self.lines)


def _moved(line: PrintedLine, matrix: Matrix) -> PrintedLine:
    points = cv2.perspectiveTransform(np.array([line.box], np.float64), matrix)[0]
    box = tuple((round(float(x), 2), round(float(y), 2)) for x, y in points)
    return PrintedLine.model_validate({"text": line.text, "box": box, "field": line.field})
