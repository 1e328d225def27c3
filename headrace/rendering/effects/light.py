"""Light: uneven over the page, warm or cold, and shadows of a hand or a phone."""

from __future__ import annotations

import math

import cv2
import numpy as np

from headrace.rendering.effects.picture import Picture


def uneven(picture: Picture, noise: np.random.Generator, strength: float) -> Picture:
    """A lamp at one side: one edge darker than the other by `strength`; its colour over all."""
    width, height = picture.size
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    angle = noise.uniform(0, 2 * math.pi)
    across = (columns / width - 0.5) * math.cos(angle) + (rows / height - 0.5) * math.sin(angle)
    light = noise.uniform(0.92, 1.0) * (1 - strength * (across + 0.5))
    tint = np.array([1.0, noise.uniform(0.96, 1.0), noise.uniform(0.90, 1.04)], np.float32)
    return picture.repainted(picture.pixels * light[..., None] * tint, "uneven light")


def shadow(picture: Picture, noise: np.random.Generator, darkest: float) -> Picture:
    """A soft shadow over a part of the page; `darkest`: what is left of the light there (0..1)."""
    width, height = picture.size
    scale = 8
    small = np.zeros((height // scale + 1, width // scale + 1), np.uint8)
    corner = np.array([noise.choice([0, small.shape[1]]), noise.choice([0, small.shape[0]])])
    reach = noise.uniform(0.3, 0.8, (5,))[:, None] * np.array([small.shape[1], small.shape[0]])
    inward = np.where(corner > 0, -1, 1)
    spread = np.linspace(0, np.pi / 2, 5)
    edge = corner + inward * reach * np.stack([np.cos(spread), np.sin(spread)], axis=1) * 1.3
    cv2.fillPoly(small, [np.vstack([corner, edge]).astype(np.int32)], (255,))
    soft = cv2.GaussianBlur(small, (0, 0), noise.uniform(2, 7))
    cover = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)[..., None].astype(np.float32) / 255
    return picture.repainted(picture.pixels * (1 - cover * (1 - darkest)), "shadow")
