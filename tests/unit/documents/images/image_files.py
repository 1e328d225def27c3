"""Small files of each format."""

from __future__ import annotations

import io

from PIL import Image

RED, BLUE, WHITE = (200, 30, 30), (20, 40, 200), (255, 255, 255)


def packed(image: Image.Image, form: str, **options: object) -> bytes:
    """The file of an image."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def half_red() -> Image.Image:
    """60 x 40, the left half red, the right half blue."""
    image = Image.new("RGB", (60, 40), BLUE)
    image.paste(RED, (0, 0, 30, 40))
    return image


def jpeg() -> bytes:
    """The same as JPEG."""
    return packed(half_red(), "JPEG")
