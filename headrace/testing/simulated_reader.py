"""A reader of lines that makes the mistakes of readers of images: for tests and measurements without images."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from headrace.documents.fields.characters import advance
from headrace.documents.line import Line


@dataclass(frozen=True)
class SimulatedReader:
    """What goes wrong, each with a probability per line (`confused`: per character).

    Attributes:
        split: a line is read as two.
        merge: two lines close beside each other are read as one.
        spaces: spaces are lost or put between characters.
        jitter: how far corners are off, in heights of the line.
        skew: the page lies turned by up to so many degrees.
        confused: a character is read as one that looks like it.
        lost: a line is not read.
    """

    split: float = 0.1
    merge: float = 0.15
    spaces: float = 0.2
    jitter: float = 0.08
    skew: float = 3.0
    confused: float = 0.0
    lost: float = 0.0

    def read(self, lines: list[Line], source: random.Random) -> list[Line]:
        """Lines as this reader gives them, in another order."""
        read = [line for line in lines if source.random() >= self.lost]
        read = list(self._merged(read, source))
        read = [part for line in read for part in self._split(line, source)]
        angle = math.radians(source.uniform(-self.skew, self.skew))
        read = [self._placed(self._written(line, source), source, angle) for line in read]
        source.shuffle(read)
        return read

    def _merged(self, lines: list[Line], source: random.Random) -> Iterator[Line]:
        rest = sorted(lines, key=lambda line: (round(line.box[0][1] / 12), line.box[0][0]))
        while rest:
            line = rest.pop(0)
            while rest and _close(line, rest[0]) and source.random() < self.merge:
                after = rest.pop(0)
                gap = " " if source.random() < 0.5 else ""
                box = (line.box[0], after.box[1], after.box[2], line.box[3])
                line = Line(line.text + gap + after.text, min(line.confidence, after.confidence), box)
            yield line

    def _split(self, line: Line, source: random.Random) -> Iterator[Line]:
        is_vertical = line.box[3][1] - line.box[0][1] > line.box[1][0] - line.box[0][0]
        if len(line.text) < 4 or is_vertical or source.random() >= self.split:
            yield line
            return
        at = source.randrange(1, len(line.text))
        share = sum(map(advance, line.text[:at])) / sum(map(advance, line.text))
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.box
        top, bottom = (ax + (bx - ax) * share, ay + (by - ay) * share), (dx + (cx - dx) * share, dy + (cy - dy) * share)
        for text, box in (
            (line.text[:at], (line.box[0], top, bottom, line.box[3])),
            (line.text[at:], (top, line.box[1], line.box[2], bottom)),
        ):
            if text.strip():
                yield Line(text, line.confidence, box)

    def _written(self, line: Line, source: random.Random) -> Line:
        text = line.text
        if source.random() < self.spaces:
            at = source.randrange(len(text) + 1)
            text = text.replace(" ", "") if source.random() < 0.5 else text[:at] + " " + text[at:]
        confused = "".join(
            source.choice(_LOOK_ALIKE[character])
            if character in _LOOK_ALIKE and source.random() < self.confused
            else character
            for character in text
        )
        lost = 0.02 * source.random() + 0.15 * (confused != text)
        return replace(line, text=confused, confidence=line.confidence - lost)

    def _placed(self, line: Line, source: random.Random, angle: float) -> Line:
        height = line.box[3][1] - line.box[0][1]
        cos, sin = math.cos(angle), math.sin(angle)

        def moved(point: tuple[float, float]) -> tuple[float, float]:
            x, y = (value + source.uniform(-1, 1) * self.jitter * height for value in point)
            return x * cos - y * sin, x * sin + y * cos

        a, b, c, d = map(moved, line.box)
        return replace(line, box=(a, b, c, d))


_LOOK_ALIKE = {
    "0": "OoD", "1": "lI7", "2": "Z", "5": "S6", "6": "G8b", "8": "B3", "9": "g", "7": "1T", "3": "8",
    "¥": "Y羊", ":": "：;.", "：": ":;", "（": "(", "）": ")", "(": "（", ")": "）", "称": "祢弥", "计": "汁讨",
    "额": "領额", "票": "栗", "纳": "纳内", "柒": "染", "拾": "抬", "未": "末", "圆": "园", ",": "，.",
}  # fmt: skip


def _close(line: Line, after: Line) -> bool:
    height = line.box[3][1] - line.box[0][1]
    level = abs(line.box[0][1] - after.box[0][1]) < 0.3 * height
    alike = 0.6 < (after.box[3][1] - after.box[0][1]) / height < 1.6
    return level and alike and -0.2 * height <= after.box[0][0] - line.box[1][0] < 4 * height
