"""Where a camera or a scanner puts the page: on a ground, seen aslant, turned by a small angle."""

from __future__ import annotations

import math

import cv2
import numpy as np

from headrace.rendering.effects.desk import desk
from headrace.rendering.effects.picture import Picture


def skewed(picture: Picture, noise: np.random.Generator, degrees: float) -> Picture:
    """A page that lies in a scanner by an angle of at most so many degrees; around it the lid, nearly white."""
    width, height = picture.size
    angle = noise.uniform(-degrees, degrees)
    turn = np.eye(3)
    turn[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    across = round(width + abs(math.sin(math.radians(angle))) * height)
    down = round(height + abs(math.sin(math.radians(angle))) * width)
    turn[0, 2] += (across - width) / 2
    turn[1, 2] += (down - height) / 2
    return picture.warped(turn, np.full((down, across, 3), 246, np.uint8), f"skew {angle:.1f}")


def photographed(picture: Picture, noise: np.random.Generator, degrees: float, aslant: float) -> Picture:
    """A page on a desk, seen from not quite above.

    `degrees`: the largest angle of rotation; `aslant`: by what part of a side a corner is displaced at the most. The
    page keeps its scale to a few percent.
    """
    width, height = picture.size
    angle = math.radians(noise.uniform(-degrees, degrees))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    centred = corners - (width / 2, height / 2)
    cosine, sine = math.cos(angle), math.sin(angle)
    seen = centred @ np.array([[cosine, sine], [-sine, cosine]])
    seen += noise.uniform(-aslant, aslant, (4, 2)) * min(width, height * 2)
    margin = noise.uniform(0.02, 0.10, 4) * max(width, height)
    seen += margin[:2] - seen.min(axis=0)
    across, down = (math.ceil(side) for side in seen.max(axis=0) + margin[2:])
    matrix = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32)), np.float64)
    return picture.warped(matrix, desk(noise, across, down), f"photographed at {math.degrees(angle):.1f}")
