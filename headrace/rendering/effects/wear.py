"""What happens to paper: its texture, folds and creases, colour that has aged."""

from __future__ import annotations

import cv2
import numpy as np

from headrace.rendering.effects.desk import cloud
from headrace.rendering.effects.picture import Picture


def texture(picture: Picture, noise: np.random.Generator, strength: float) -> Picture:
    """The fibres of paper; `strength`: in grey levels."""
    width, height = picture.size
    fine = noise.standard_normal((height, width), np.float32) * strength
    fine = cv2.GaussianBlur(fine, (0, 0), 0.7) + cloud(noise, width, height, 12, 8) * strength
    return picture.repainted(picture.pixels + fine[..., None], "texture")


def folds(picture: Picture, noise: np.random.Generator) -> Picture:
    """One or two creases across the page: light beside dark, and the ink a little worn off on the crease."""
    width, height = picture.size
    pixels = picture.pixels.astype(np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None, :]
    for upright in ((False,), (True,), (False, True))[noise.integers(3)]:
        side = width if upright else height
        across, along = (columns, rows) if upright else (rows, columns)
        at = noise.uniform(0.3, 0.7) * side + noise.uniform(-0.03, 0.03) * along
        away = (across - at) / (side * 0.012)
        crease = np.exp(-(away**2)) * np.sign(away) * noise.uniform(14, 26)
        worn = np.exp(-((away * 6) ** 2)) * noise.uniform(0.1, 0.25)
        slope = (away > 0) * np.float32(noise.uniform(-9, 2))
        pixels += (crease + slope)[..., None]
        pixels += (235 - pixels) * worn[..., None]
    return picture.repainted(pixels, "folds")


def aged(picture: Picture, noise: np.random.Generator) -> Picture:
    """Paper that has yellowed."""
    tint = np.array([1.0, noise.uniform(0.95, 0.985), noise.uniform(0.86, 0.94)], np.float32)
    return picture.repainted(picture.pixels * tint, "aged")
