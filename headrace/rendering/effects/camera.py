"""The camera: out of focus, moved, noise of the sensor, JPEG."""

from __future__ import annotations

import cv2
import numpy as np

from headrace.rendering.effects.picture import Picture


def defocus(picture: Picture, sigma: float) -> Picture:
    """Out of focus by a Gaussian of `sigma` pixels."""
    return picture.repainted(cv2.GaussianBlur(picture.pixels, (0, 0), sigma), "defocus")


def motion(picture: Picture, length: float, degrees: float) -> Picture:
    """Moved while the shutter was open, by `length` pixels in a direction."""
    size = int(np.ceil(length)) | 1
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2] = 1
    turn = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), degrees, 1.0)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (size, size)), np.float32)
    return picture.repainted(cv2.filter2D(picture.pixels, -1, kernel / kernel.sum()), "motion blur")


def grain(picture: Picture, noise: np.random.Generator, strength: float) -> Picture:
    """The sensor's noise, `strength` in grey levels, a part of it in colour."""
    height, width = picture.pixels.shape[:2]
    grey = noise.standard_normal((height, width, 1), np.float32) * strength
    colour = noise.standard_normal((height, width, 3), np.float32) * (strength * 0.5)
    return picture.repainted(picture.pixels + grey + colour, "noise")


def jpeg(picture: Picture, quality: int) -> Picture:
    """Compressed and read again."""
    packed = cv2.imencode(".jpg", picture.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    if unpacked is None:
        raise AssertionError("OpenCV does not read the JPEG that it has just made")
    return picture.repainted(unpacked[..., ::-1], f"jpeg {quality}")
