"""Writes rendered documents as files: JPEG, PNG, WebP, TIFF (pages), PDF (images)."""

from __future__ import annotations

import time
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from headrace.rendering.effects.picture import Picture
from headrace.rendering.render import Rendered

FORMATS = ("jpeg", "png", "webp", "tiff", "pdf")
SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "tiff": ".tif", "pdf": ".pdf"}
_ORIENTATION = 0x0112
# How a page is stored that readers turn upright by its EXIF orientation.
_STORED = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def write(rendered: Rendered, path: Path, form: str, quality: int = 92) -> None:
    """Writes a document into one file of a format of FORMATS.

    JPEG, PNG and WebP hold its first page; JPEG and WebP may be stored turned, with the EXIF orientation that says so.
    The same document gives the same bytes.
    """
    pages = [Image.fromarray(page.pixels) for page in rendered.pages]
    if form == "pdf":
        # Pillow writes the day of making into a PDF; a fixed one keeps the bytes the same.
        day = time.gmtime(0)
        pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=150.0, quality=quality,
                      creationDate=day, modDate=day)  # fmt: skip
    elif form == "tiff":
        pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw",
                      tiffinfo=ImageFileDirectory_v2())  # fmt: skip
    elif form == "png":
        pages[0].save(path, "PNG", compress_level=3)
    else:
        _write_turned(pages[0], path, form, quality, rendered.orientation)


def is_turnable(form: str) -> bool:
    """Whether files of this format carry an EXIF orientation here."""
    return form in ("jpeg", "webp")


def stack(documents: list[Rendered]) -> Rendered:
    """The pages of several documents as one, as a scanner's feeder makes it; what it says is what the first says."""
    pages: list[Picture] = [page for document in documents for page in document.pages]
    truth = documents[0].truth.model_copy(update={"pages": tuple(page.truth() for page in pages)})
    return Rendered(tuple(pages), truth)


def _write_turned(page: Image.Image, path: Path, form: str, quality: int, orientation: int) -> None:
    exif = Image.Exif()
    if orientation in _STORED:
        page = page.transpose(_STORED[orientation])
        exif[_ORIENTATION] = orientation
    page.save(path, form.upper(), quality=quality, exif=exif.tobytes() if orientation != 1 else b"", method=2)
