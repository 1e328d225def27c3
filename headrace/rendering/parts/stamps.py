"""Rubber stamps: ovals and rounds with text along the edge, unevenly inked."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from headrace.rendering.fonts import font
from headrace.rendering.sheet import Colour, Sheet

RED: Colour = (206, 32, 38)


def oval_stamp(
    sheet: Sheet,
    random: Random,
    x: float,
    y: float,
    along: str,
    middle: str,
    below: str,
    size: tuple[float, float] = (40.0, 30.0),
    strength: float = 0.75,
    tilt: float = 6.0,
) -> None:
    """An oval stamp of `size` mm around a point: `along` its upper edge, `middle` across, `below` across beneath.

    The text of stamps is no printed line of the truth: they lie over what is printed.
    """
    ink = _edge(sheet, size, along, min(0.13, 2.2 / len(along)))
    width, height = ink.width, ink.height
    pen = ImageDraw.Draw(ink)
    if middle:
        _across(pen, middle, (width / 2, height * 0.53), height * 0.13, width * 0.7)
    if below:
        _across(pen, below, (width / 2, height * 0.78), height * 0.14, width * 0.6)
    _press(sheet, random, ink, x, y, strength, tilt)


def round_stamp(sheet: Sheet, random: Random, x: float, y: float, along: str, below: str, size: float = 38.0) -> None:
    """A company's round stamp of `size` mm around a point: a star, the name along the edge, `below` beneath it."""
    ink = _edge(sheet, (size, size), along, min(0.12, 2.0 / len(along)))
    pen = ImageDraw.Draw(ink)
    centre, radius = ink.width / 2, ink.width * 0.15
    corners = [
        (
            centre + radius * (1 if place % 2 == 0 else 0.382) * math.sin(math.pi * place / 5),
            centre - radius * (1 if place % 2 == 0 else 0.382) * math.cos(math.pi * place / 5),
        )
        for place in range(10)
    ]
    pen.polygon(corners, 255)
    _across(pen, below, (centre, ink.height * 0.76), ink.height * 0.1, ink.width * 0.5)
    _press(sheet, random, ink, x, y, 0.7, 15)


def _edge(sheet: Sheet, size: tuple[float, float], along: str, letter: float) -> Image.Image:
    """The oval line, and the text along its upper edge, each character turned outwards."""
    width, height = sheet.pixels(size[0]), sheet.pixels(size[1])
    ink = Image.new("L", (width, height))
    line = max(2, sheet.pixels(0.8))
    ImageDraw.Draw(ink).ellipse((line, line, width - line, height - line), outline=255, width=line)
    face = font("song-bold", max(8, round(height * letter)))
    sweep = math.radians(min(250, 17 * len(along)))
    for place, character in enumerate(along):
        angle = -sweep / 2 + sweep * place / max(1, len(along) - 1)
        centre = (
            width / 2 + (width / 2 - height * (letter + 0.01)) * math.sin(angle),
            height / 2 - (height / 2 - height * (letter + 0.01)) * math.cos(angle),
        )
        side = face.size * 2
        tile = Image.new("L", (int(side), int(side)))
        ImageDraw.Draw(tile).text((side / 2, side / 2), character, 255, face, anchor="mm")
        normal = math.atan2(math.sin(angle) / width, math.cos(angle) / height)
        tile = tile.rotate(-math.degrees(normal), Image.Resampling.BICUBIC)
        ink.paste(255, (round(centre[0] - side / 2), round(centre[1] - side / 2)), tile)
    return ink


def _across(pen: ImageDraw.ImageDraw, text: str, centre: tuple[float, float], size: float, width: float) -> None:
    face = font("song-bold", max(7, round(size)))
    wide = face.getlength(text)
    if wide > width:
        face = font("song-bold", max(6, int(face.size * width / wide)))
    pen.text(centre, text, 255, face, anchor="mm")


def _press(sheet: Sheet, random: Random, ink: Image.Image, x: float, y: float, strength: float, tilt: float) -> None:
    turned = ink.rotate(random.uniform(-tilt, tilt), Image.Resampling.BICUBIC, expand=True)
    values: npt.NDArray[np.float32] = np.asarray(turned, np.float32) / 255
    patches = np.random.default_rng(random.getrandbits(32)).random((7, 9), np.float32)
    uneven = cv2.resize(patches, (values.shape[1], values.shape[0]), interpolation=cv2.INTER_CUBIC)
    values = (values * strength * (0.65 + 0.35 * np.clip(uneven, 0, 1))).astype(np.float32)
    left, top = x - turned.width / sheet.scale / 2, y - turned.height / sheet.scale / 2
    sheet.overprint(values, RED, left, top)
